import type {Activity, Environment, Starting} from '../../lifecycle/environment.ts';
import {missingEvents} from '../../lifecycle/missing-events.ts';
import type {Line, Span, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {clockTime} from './clock.ts';

type Cell = ' ' | '·' | '?' | '▒' | '█' | '✕';
const rank: Record<Cell, number> = {' ': 0, '·': 1, '?': 2, '▒': 3, '█': 4, '✕': 5};
const tones: Record<Cell, Tone> = {
  ' ': 'plain',
  '·': 'muted',
  '?': 'soon',
  '▒': 'init',
  '█': 'invoke',
  '✕': 'gone',
};

/** Lambda ends an init that takes longer. */
const longestInitMs = 10_000;

type Paint = (from: number, to: number, cell: Cell) => void;

/**
 * The `spanMs` before `now` of an environment in `width` cells: `▒` init, `█` invoke, `·` frozen, `✕` SHUTDOWN, `?`
 * between two events that have another between them which is missing; blank before and after its life. Where several
 * fall into a cell the rarer one shows, so no invocation is ever invisible.
 */
export function timeline(environment: Environment | Starting, now: number, spanMs: number, width: number): Line {
  const cells: Cell[] = Array.from({length: width}, () => ' ');
  const begin = now - spanMs;
  const place = (at: number) => Math.floor(((at - begin) / spanMs) * width);
  const paint: Paint = (from, to, cell) => {
    const last = Math.min(width - 1, place(to));
    for (let index = Math.max(0, place(from)); index <= last; index += 1) {
      if (rank[cell] > rank[cells[index]!]) cells[index] = cell;
    }
  };
  if (environment.state === 'init') paintStarting(environment, now, paint);
  else paintLife(environment, now, paint);
  return merged(cells);
}

function paintStarting({startedAt, invokedAt}: Starting, now: number, paint: Paint): void {
  const initEnd = invokedAt ?? startedAt + longestInitMs;
  paint(startedAt, now - 1, '·');
  paint(startedAt, Math.min(now - 1, initEnd), '▒');
  if (invokedAt !== undefined) paint(invokedAt, now - 1, '█');
}

function paintLife(environment: Environment, now: number, paint: Paint): void {
  const {startedAt, initStartedAt = startedAt, shutdown, initMs, activities, busySince} = environment;
  const end = Math.min(now - 1, shutdown?.at ?? now);
  paint(initStartedAt, end, '·');
  for (const {after, before} of missingEvents(environment)) paint(after, Math.min(end, before), '?');
  if (initMs !== undefined) paint(initStartedAt, Math.min(end, initStartedAt + initMs), '▒');
  for (const one of activities) {
    if (one.kind === 'invoke') paint(one.startedAt, Math.min(end, invokeEnd(environment, one, now)), '█');
    else paint(one.startedAt, Math.min(now - 1, one.startedAt), '✕');
  }
  if (busySince !== undefined) paint(busySince, end, '█');
  if (shutdown) paint(shutdown.at, Math.min(now - 1, shutdown.at), '✕');
}

/** Where nothing told the end: the last one's is when the environment was idle, of another only the begin is known. */
function invokeEnd({invocations, state, idleSince}: Environment, one: Activity, now: number): number {
  if (one.endedAt !== undefined) return one.endedAt;
  if (one.invocation !== invocations) return one.startedAt;
  return state === 'invoke' ? now : (idleSince ?? one.startedAt);
}

function merged(cells: readonly Cell[]): Line {
  const spans: Span[] = [];
  for (const cell of cells) {
    const last = spans.at(-1);
    if (last && last.tone === tones[cell]) spans[spans.length - 1] = span(last.text + cell, last.tone);
    else spans.push(span(cell, tones[cell]));
  }
  return spans;
}

const second = 1_000;
const minute = 60 * second;
const ticks = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400].map(
  one => one * second,
);

/** Clock marks under a timeline that ends at `now`, as many as there is room for: `╵12:03:30`. */
export function timelineAxis(now: number, spanMs: number, width: number): Line {
  const labelled = (tick: number) => (tick < minute ? 8 : 5);
  const tick = ticks.find(one => (one / spanMs) * width >= labelled(one) + 3);
  if (tick === undefined || width <= 0) return [span(' '.repeat(Math.max(0, width)))];
  let text = '';
  const begin = now - spanMs;
  for (let at = Math.ceil(begin / tick) * tick; at <= now; at += tick) {
    const cell = Math.min(width - 1, Math.floor(((at - begin) / spanMs) * width));
    const label = clockTime(at).slice(0, labelled(tick));
    text = `${text.padEnd(cell)}╵${cell + 1 + label.length <= width ? label : ''}`;
  }
  return [span(text.padEnd(width).slice(0, width), 'muted')];
}
