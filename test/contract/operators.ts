import {setTimeout as sleep} from 'node:timers/promises';
import {describe, expect, it} from 'vitest';
import {inLanes} from '../support/in-lanes.ts';
import {naming, numbers, seed} from '../support/seed.ts';
import type {TestedBackend} from './backends.ts';
import {expectComplete, expectGone} from './completeness.ts';
import {provideBackend} from './provided-backend.ts';
import type {Stack} from './stack.ts';

/** What two operators do to one stack at the same time, and what one of them does afterwards. */
type Encounter = {both: ['deploy', 'deploy' | 'teardown']; afterwards: 'deploy' | 'teardown'; seed: number};

function encounters(count: number, from: number): Encounter[] {
  return Array.from({length: count}, (_, at) => ({
    both: ['deploy', at % 2 === 0 ? 'deploy' : 'teardown'],
    afterwards: at % 4 < 2 ? 'deploy' : 'teardown',
    seed: from + at,
  }));
}

/** Meets two operators on one stack as often as `count` says. */
export function describeOperators({backend, skip}: TestedBackend, count: number): void {
  describe.skipIf(skip)(`two operators on ${backend.name}, seed ${seed}`, () => {
    const {open} = provideBackend(backend);

    it('leave a stack that one more run makes right', {timeout: 300_000}, async () => {
      await inLanes(encounters(count, seed), 6, (each, lane) =>
        naming(each, () => expectPeace(() => open(`operators${lane}`), each)),
      );
    });
  });
}

/** Whatever the two did to each other, one more run makes it right. */
async function expectPeace(open: () => Stack, {both, afterwards, seed: own}: Encounter): Promise<void> {
  const random = numbers(own);
  const operators = both.map(open);
  const last = open();
  if (both[1] === 'teardown' && random() < 0.5) await last.deploy();
  for (const each of operators) {
    each.way = async send => {
      await sleep(random() * 8);
      return send();
    };
  }
  await Promise.allSettled(both.map((run, at) => operators[at]![run]()));
  last.forget();
  expect({...(await last[afterwards]()), errors: last.errors()}).toMatchObject({ok: true, errors: []});
  await (afterwards === 'deploy' ? expectComplete(last) : expectGone(last));
  expect(await last.teardown()).toMatchObject({ok: true});
}
