import {expect, test} from 'vitest';
import type {Environment} from '../../src/lifecycle/environment.ts';
import {missingEvents} from '../../src/lifecycle/missing-events.ts';

/** An environment started at 0 whose events with these numbers came at 100 times their number, each lasting 10. */
function seen(numbers: readonly number[], countedFrom = 1, dropped = 0): Environment {
  const last = Math.max(...numbers);
  const count = numbers.length + dropped;
  return {
    startedAt: 0,
    missing: last - countedFrom + 1 - count,
    sequence: {first: Math.min(...numbers), last, seen: count},
    activities: numbers.map(number => ({
      kind: 'invoke',
      invocation: number,
      sequence: number,
      startedAt: number * 100,
      endedAt: number * 100 + 10,
    })),
  } as unknown as Environment;
}

test.each([
  ['nothing', seen([1, 2, 3]), []],
  ['one in the midst', seen([1, 3]), [{first: 2, last: 2, after: 110, before: 300}]],
  ['several in a row', seen([1, 5]), [{first: 2, last: 4, after: 110, before: 500}]],
  [
    'in two places',
    seen([1, 3, 5]),
    [
      {first: 2, last: 2, after: 110, before: 300},
      {first: 4, last: 4, after: 310, before: 500},
    ],
  ],
  ['the first', seen([2]), [{first: 1, last: 1, after: 0, before: 200}]],
  ['what the table has dropped is not missing', seen([70, 72], 70), [{first: 71, last: 71, after: 7010, before: 7200}]],
  ['older ones than are kept have no number', seen([9, 11], 1, 7), [{first: 10, last: 10, after: 910, before: 1100}]],
])('missing: %s', (_, environment, missing) => {
  expect(missingEvents(environment)).toEqual(missing);
});
