import {expect, test} from 'vitest';
import {shutdownWaitMs} from '../../src/cli/shutdown-wait.ts';

const aws = {label: 'default', region: 'us-east-1'};
const local = {label: 'Local', region: 'us-east-1', endpoint: 'http://127.0.0.1:4566'};
const minute = 60_000;

test.each([
  [aws, 'update', 10 * minute],
  [aws, 'timeout', 10 * minute],
  // Longer than the 6 minutes of the behaviour like AWS.
  [local, 'update', 7 * minute],
  [local, 'timeout', 10_000],
  [local, 'crash', 10_000],
] as const)('at $label after %s', (target, how, expected) => {
  expect(shutdownWaitMs(target, how)).toBe(expected);
});
