import {expect, test} from 'vitest';
import {sampleWords, shortSample, windowLegend} from '../../../src/tui/presentation/forecast-words.ts';
import {lineText} from '../../../src/tui/ui/line.ts';

const sample = (observations: number, prior: number) => ({
  basis: prior === 0 ? ('observed' as const) : ('prior' as const),
  observations,
  prior,
});

test.each([
  [sample(0, 12), false, 'from 12 published lifetimes', 'forecast from 12 published + 0 own'],
  [sample(3, 12), false, 'from 12 published + 3 own', 'forecast from 12 published + 3 own'],
  [sample(6, 0), false, 'learned from 6 own shutdowns', 'forecast from 6 own'],
  [sample(0, 11), true, 'as set for Local, none seen yet', 'forecast as set + 0 own'],
  [sample(3, 11), true, 'as set for Local + 3 own', 'forecast as set + 3 own'],
  [sample(5, 0), true, 'learned from 5 own shutdowns', 'forecast from 5 own'],
])('%o, local %s: the size of the sample is always said', (given, local, words, short) => {
  expect(sampleWords(given, local)).toBe(words);
  expect(shortSample(given, local)).toBe(short);
});

test('the legend has window, median and sample, and claims nothing before anything is known', () => {
  const forecast = {...sample(0, 12), earlyMs: 351_000, medianMs: 360_000, lateMs: 398_000, beyond: false};
  expect(lineText(windowLegend(forecast, false))).toBe('  ┅╋ 5:51–6:38, median 6:00, from 12 published lifetimes');
  expect(windowLegend(undefined, false)).toEqual([]);
});
