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

/**
 * Which cell of a timeline a moment falls into. Cells are stretches of the clock itself, the last one that of `now`: a life
 * moves to the left by whole cells and keeps its shape, where cells that moved with `now` would redraw it every second.
 */
function cellAt(now: number, spanMs: number, width: number): (at: number) => number {
  const cellMs = spanMs / width;
  const last = Math.floor((now - 1) / cellMs);
  return at => Math.floor(at / cellMs) - last + width - 1;
}

type Paint = (from: number, to: number, cell: Cell) => void;

/**
 * The `spanMs` before `now` of an environment in `width` cells: `▒` init, `█` invoke, `·` frozen, `✕` SHUTDOWN, `?`
 * between two events that have another between them which is missing; blank before and after its life. Where several
 * fall into a cell the rarer one shows, so no invocation is ever invisible.
 */
export function timeline(environment: Environment | Starting, now: number, spanMs: number, width: number): Line {
  const cells: Cell[] = Array.from({length: width}, () => ' ');
  const place = cellAt(now, spanMs, width);
  const paint: Paint = (from, to, cell) => {
    const last = Math.min(width - 1, place(to));
    for (let index = Math.max(0, place(from)); index <= last; index += 1) {
      if (rank[cell] > rank[cells[index]!]) cells[index] = cell;
    }
  };
  if (environment.state === 'init') paintStarting(environment, now, paint);
  else {
    paintLife(environment, now, paint);
    showInit(cells, environment, now, place);
  }
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

/**
 * An init that shares its only cell with the invocation it was made for has the cell, and the invocation the next one, once
 * there is one that is free: who looks for cold starts looks for it.
 */
function showInit(cells: Cell[], environment: Environment, now: number, place: (at: number) => number): void {
  const {startedAt, initStartedAt = startedAt, initMs} = environment;
  if (initMs === undefined) return;
  const first = place(initStartedAt);
  const next = first + 1;
  if (cells[first] !== '█' || next > place(now - 1)) return;
  if (cells[next] !== '█' && cells[next] !== '·') return;
  cells[first] = '▒';
  cells[next] = '█';
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

/** Clock marks under a timeline that ends with `now`, as many as there is room for: `╵12:03:30`. */
export function timelineAxis(now: number, spanMs: number, width: number): Line {
  const labelled = (tick: number) => (tick < minute ? 8 : 5);
  const tick = ticks.find(one => (one / spanMs) * width >= labelled(one) + 3);
  if (tick === undefined || width <= 0) return [span(' '.repeat(Math.max(0, width)))];
  let text = '';
  const place = cellAt(now, spanMs, width);
  for (let at = Math.ceil((now - spanMs) / tick) * tick; at <= now; at += tick) {
    const cell = Math.min(width - 1, place(at));
    if (cell < 0) continue;
    const label = clockTime(at).slice(0, labelled(tick));
    text = `${text.padEnd(cell)}╵${cell + 1 + label.length <= width ? label : ''}`;
  }
  return [span(text.padEnd(width).slice(0, width), 'muted')];
}
