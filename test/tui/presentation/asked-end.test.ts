import {expect, test} from 'vitest';
import {askedEnd, changedSince} from '../../../src/tui/presentation/asked-end.ts';

const end = {id: 'a', startedAt: 1_000, at: 9_000};

test.each<[string, [string, number][], number[], ReturnType<typeof askedEnd>]>([
  ['nothing', [], [], undefined],
  ['an order from here', [['a', 8_000]], [8_010], 'forced'],
  ['an order for another', [['b', 8_000]], [], undefined],
  ['an order after its end', [['a', 9_001]], [], undefined],
  ['a change of the function', [], [500, 8_000], 'replaced'],
  ['changes before its start and after its end only', [], [500, 9_001], undefined],
])('%s asked for the end', (_, ordered, functionChanges, expected) => {
  expect(askedEnd(end, {ordered: new Map(ordered), functionChanges})).toBe(expected);
});

test.each([
  ['not at all', [], undefined],
  ['before it started, and later than now', [500, 9_001], undefined],
  ['twice', [8_000, 2_000], 8_000],
])('since its start the function was changed %s', (_, functionChanges, expected) => {
  expect(changedSince({startedAt: 1_000}, functionChanges, 9_000)).toBe(expected);
});
