import type {Environment} from '../../lifecycle/environment.ts';
import type {Forecast} from '../../lifecycle/forecast.ts';
import {padCells} from '../../text/cells.ts';
import type {Line, Tone} from '../ui/line.ts';
import {fitLine, span} from '../ui/line.ts';
import {age} from './clock.ts';
import {countdownBar, countdownText} from './countdown.ts';
import {shortId} from './short-id.ts';
import {timeline} from './timeline.ts';

const states: Record<Environment['state'], {glyph: string; word: string; tone: Tone}> = {
  invoke: {glyph: '●', word: 'invoke', tone: 'invoke'},
  idle: {glyph: '○', word: 'idle', tone: 'idle'},
  gone: {glyph: '✕', word: 'shutdown', tone: 'gone'},
};

export type EnvironmentColumns = {
  compact: boolean;
  timeline: number;
  bar: number;
  /** The words beside the bar, to the end of the row. */
  words: number;
};

/** Column widths for a row of `width` cells. */
export function environmentColumns(width: number): EnvironmentColumns {
  const compact = width < 98;
  const words = compact ? 12 : 22;
  const fixed = compact ? 25 : 39;
  const rest = Math.max(12, width - fixed - words - (compact ? 2 : 4));
  const bar = Math.floor(rest * (compact ? 0.44 : 0.35));
  return {compact, timeline: rest - bar, bar, words};
}

/** The heading over the rows, only where there is room for one. */
export function environmentHeading(columns: EnvironmentColumns, spanLabel: string): Line {
  const before = `    ${'ENV'.padEnd(8)}${'STATE'.padEnd(11)}${'AGE'.padStart(7)} ${'RUNS'.padStart(6)}  `;
  return [span(`${before}${padCells(spanLabel, columns.timeline)}  EXPECTED SHUTDOWN`.slice(1), 'muted')];
}

export type EnvironmentRowOptions = {
  forecast: Forecast | undefined;
  now: number;
  spanMs: number;
  columns: EnvironmentColumns;
  current: boolean;
};

/** One environment as one row of the pane. */
export function environmentRow(environment: Environment, options: EnvironmentRowOptions): Line {
  const {forecast, now, spanMs, columns, current} = options;
  const {glyph, word, tone} = states[environment.state];
  const strong: Tone = current ? 'strong' : 'plain';
  const lived = age((environment.shutdown?.at ?? now) - environment.startedAt);
  const runs = String(environment.invocations);
  const marker = span(current ? ' ▸ ' : '   ', 'accent');
  const line: Line = [
    marker,
    span(shortId(environment.id), strong),
    span(columns.compact ? ' ' : '  '),
    span(`${glyph} ${word.padEnd(9)}`, tone),
    ...(columns.compact
      ? [span(`${runs.padStart(2)} `, strong)]
      : [span(lived.padStart(7), 'plain'), span(runs.padStart(7), strong), span('  ')]),
    ...fitLine(timeline(environment, now, spanMs, columns.timeline), columns.timeline),
    span(columns.compact ? ' ' : '  '),
    ...countdownBar(environment, forecast, now, columns.bar),
    span(columns.compact ? ' ' : '  '),
    ...countdownText(environment, forecast, now, !columns.compact),
  ];
  return environment.missing > 0 ? [...line, span(`  ${environment.missing} missing`, 'late')] : line;
}
