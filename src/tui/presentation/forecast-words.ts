import {commonlySaid, type Forecast} from '../../lifecycle/forecast.ts';
import {shownWindow} from '../../lifecycle/score.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {minutesAndSeconds, windowWords} from './score-words.ts';

type Sample = Pick<Forecast, 'basis' | 'observations' | 'prior'>;

/** Where a forecast comes from, always with the size of its sample. `local`: its prior is a setting. */
export function sampleWords({basis, observations, prior}: Sample, local: boolean): string {
  const own = `${observations} own`;
  const plural = observations === 1 ? '' : 's';
  if (basis === 'observed') return `learned from ${own} shutdown${plural}`;
  if (local) return observations === 0 ? 'as set for Local, none seen yet' : `as set for Local + ${own}`;
  return observations === 0 ? `from ${prior} published lifetimes` : `from ${prior} published + ${own}`;
}

/** The same where there is little room: `forecast from 12 published + 3 own`. */
export function shortSample({basis, observations, prior}: Sample, local: boolean): string {
  if (basis === 'observed') return `forecast from ${observations} own`;
  return `forecast ${local ? 'as set' : `from ${prior} published`} + ${observations} own`;
}

/** What the bars show: window and median of an environment that begins to idle, and what they rest on. */
export function windowLegend(expectation: Forecast | undefined, local: boolean): Line {
  if (!expectation) return [];
  const window = windowWords(shownWindow(expectation));
  const median = minutesAndSeconds(expectation.medianMs);
  return [span('  ┅╋', 'soon'), span(` ${window}, median ${median}, ${sampleWords(expectation, local)}`, 'muted')];
}

/** What the rest of a bar on AWS shows. */
export const saidLegend: Line = [
  span('┈', 'muted'),
  span(` ${commonlySaid.fromMs / 60_000}–${commonlySaid.toMs / 60_000} min often said`, 'muted'),
];
