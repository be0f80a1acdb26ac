import {expect, test} from 'vitest';
import {type Score, scoreOf, shownWindow, tally} from '../../src/lifecycle/score.ts';

const window = {earlyMs: 352_000, lateMs: 397_000};

test.each([
  ['in the middle', 361_200, 'hit', 361_000],
  ['at its begin', 352_000, 'hit', 352_000],
  ['at its end', 397_000, 'hit', 397_000],
  ['shown as its end', 397_400, 'hit', 397_000],
  ['too early', 351_400, 'early', 351_000],
  ['too late', 397_500, 'late', 398_000],
])('%s', (_, idleMs, verdict, cameMs) => {
  expect(scoreOf(window, idleMs)).toEqual({verdict, cameMs, ...window});
});

test('what had not been forecast has no score, and does not count', () => {
  expect(scoreOf(undefined, 5_000)).toEqual({verdict: 'none', cameMs: 5_000});
  const scores: Score[] = [scoreOf(undefined, 1), scoreOf(window, 360_000), scoreOf(window, 1)];
  expect(tally(scores)).toEqual({hits: 1, of: 2});
});

test('a window is shown outward to whole seconds, so that what looks inside it is inside it', () => {
  expect(shownWindow({earlyMs: 18_400, lateMs: 21_600})).toEqual({earlyMs: 18_000, lateMs: 22_000});
  expect(shownWindow({earlyMs: 18_000, lateMs: 22_000})).toEqual({earlyMs: 18_000, lateMs: 22_000});
});
