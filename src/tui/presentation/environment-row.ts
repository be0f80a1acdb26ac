import type {Environment, Starting} from '../../lifecycle/environment.ts';
import {padCells} from '../../text/cells.ts';
import type {Line, Tone} from '../ui/line.ts';
import {fitLine, span} from '../ui/line.ts';
import {age, shortAge} from './clock.ts';
import {type CountdownOptions, countdown} from './countdown.ts';
import {noteMarks} from './environment-notes.ts';
import {shortId} from './short-id.ts';
import {timeline, timelineAxis} from './timeline.ts';
import {spanWords} from './timeline-span.ts';

/** What a row of the pane is about. */
export type EnvironmentItem = Environment | Starting;

export const stateLooks: Record<EnvironmentItem['state'], {glyph: string; word: string; tone: Tone}> = {
  init: {glyph: '◌', word: 'init', tone: 'init'},
  invoke: {glyph: '●', word: 'invoke', tone: 'invoke'},
  idle: {glyph: '○', word: 'idle', tone: 'idle'},
  reset: {glyph: '↻', word: 'reset', tone: 'gone'},
  gone: {glyph: '✕', word: 'shutdown', tone: 'gone'},
};

export type EnvironmentColumns = {
  compact: boolean;
  /** Cells of each, 0 where there is no room for it. */
  marks: number;
  state: number;
  age: number;
  runs: number;
  timeline: number;
  bar: number;
  /** The words beside the bar, to the end of the row. */
  words: number;
  gap: number;
};

const roomy = {compact: false, marks: 5, state: 11, age: 7, runs: 6, words: 25, gap: 2, share: 0.38};
const narrow = {compact: true, marks: 3, state: 11, age: 4, runs: 5, words: 12, gap: 1, share: 0.44};
const tiny = {compact: true, marks: 3, state: 11, age: 0, runs: 3, words: 12, gap: 1, share: 0.4};

/** Column widths for a row of `width` cells. */
export function environmentColumns(width: number): EnvironmentColumns {
  const {share, ...columns} = width >= 98 ? roomy : width >= 70 ? narrow : tiny;
  const {marks, state, age: ageCells, runs, words, gap} = columns;
  const rest = Math.max(12, width - 9 - marks - state - ageCells - runs - words - 3 * gap);
  const bar = Math.floor(rest * share);
  return {...columns, timeline: rest - bar, bar};
}

const edge = 3;
const idCells = 6;

/** Where the timeline begins. */
const timelineFrom = ({marks, state, age: ageCells, runs, gap}: EnvironmentColumns) =>
  edge + idCells + marks + state + ageCells + runs + gap;

/** The heading over the rows, only where there is room for one. `chosen`: the user has zoomed. */
export function environmentHeading(columns: EnvironmentColumns, spanMs: number, chosen: boolean): Line {
  const {marks, state, age: ageCells, runs, gap, timeline: cells} = columns;
  const before = [
    ' '.repeat(edge),
    'ENV'.padEnd(idCells + marks),
    'STATE'.padEnd(state),
    'AGE'.padStart(ageCells),
    'RUNS'.padStart(runs),
    ' '.repeat(gap),
  ].join('');
  const label = `LAST ${spanWords(spanMs).toUpperCase()}${chosen ? '' : ' (AUTO)'}`;
  return [span(`${before}${padCells(label, cells)}${' '.repeat(gap)}EXPECTED SHUTDOWN`, 'muted')];
}

/** Clock marks under the timelines, and what is to be said of the bars beside them. */
export const environmentAxis = (columns: EnvironmentColumns, now: number, spanMs: number, bars: Line): Line => [
  span(' '.repeat(timelineFrom(columns))),
  ...timelineAxis(now, spanMs, columns.timeline),
  span(' '.repeat(columns.gap)),
  ...bars,
];

export type EnvironmentRowOptions = CountdownOptions & {
  spanMs: number;
  columns: EnvironmentColumns;
  current: boolean;
};

/** One environment as one row of the pane. */
export function environmentRow(environment: EnvironmentItem, options: EnvironmentRowOptions): Line {
  const {now, spanMs, columns, current} = options;
  const {glyph, word, tone} = stateLooks[environment.state];
  const strong: Tone = current ? 'strong' : 'plain';
  const starting = environment.state === 'init';
  const until = starting ? now : (environment.shutdown?.at ?? now);
  const lived = until - environment.startedAt;
  const runs = starting ? 0 : environment.invocations;
  return [
    span(current ? ' ▸ ' : '   ', 'accent'),
    span(shortId(starting ? undefined : environment.id), strong),
    ...(starting
      ? [span(' '.repeat(columns.marks))]
      : [span(' '), ...noteMarks(environment, columns.marks - 2), span(' ')]),
    span(padCells(`${glyph} ${word}`, columns.state), tone),
    ...(columns.age === 0 ? [] : [span((columns.compact ? shortAge(lived) : age(lived)).padStart(columns.age))]),
    span(String(runs).padStart(columns.runs), strong),
    span(' '.repeat(columns.gap)),
    ...fitLine(timeline(environment, now, spanMs, columns.timeline), columns.timeline),
    span(' '.repeat(columns.gap)),
    ...countdown(environment, columns, !columns.compact, options),
  ];
}
