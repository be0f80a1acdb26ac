import {expect, test} from 'vitest';
import {missingShutdowns} from '../../src/cli/missing-shutdowns.ts';

const outcome = {
  ok: false,
  missing: ['9f3c1a00-1111-4222-8333-444455556666'],
  shutdowns: [{environmentId: 'b07e4400-1111-4222-8333-444455556666', reason: 'spindown', latencyMs: 400}],
};

test.each([
  ['update', true, 'lifecycle-tui shutdown --wait 7m'],
  ['update', false, 'lifecycle-tui shutdown --how timeout'],
  ['timeout', true, 'lifecycle-tui shutdown'],
  ['crash', false, 'lifecycle-tui shutdown'],
] as const)('after %s, on this machine: %s', (how, local, next) => {
  expect(missingShutdowns(outcome, {how, local})).toMatchObject({
    title: '1 of 2 did not tell',
    details: '9f3c1a00',
    next,
  });
});
