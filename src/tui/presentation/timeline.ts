import type {Environment} from '../../lifecycle/environment.ts';
import type {Line, Span, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';

type Cell = ' ' | '·' | '▒' | '█' | '✕';
const rank: Record<Cell, number> = {' ': 0, '·': 1, '▒': 2, '█': 3, '✕': 4};
const tones: Record<Cell, Tone> = {' ': 'plain', '·': 'muted', '▒': 'init', '█': 'invoke', '✕': 'gone'};

/**
 * The last `spanMs` of an environment in `width` cells: `▒` init, `█` invoke, `·` frozen, `✕` SHUTDOWN, blank before
 * and after its life. Where several fall into a cell the rarer one shows, so no invocation is ever invisible.
 */
export function timeline(environment: Environment, now: number, spanMs: number, width: number): Line {
  const cells: Cell[] = Array.from({length: width}, () => ' ');
  const begin = now - spanMs;
  const place = (at: number) => Math.floor(((at - begin) / spanMs) * width);
  const paint = (from: number, to: number, cell: Cell) => {
    const last = Math.min(width - 1, place(to));
    for (let index = Math.max(0, place(from)); index <= last; index += 1) {
      if (rank[cell] > rank[cells[index]!]) cells[index] = cell;
    }
  };
  const {startedAt, shutdown, initMs, activities, busySince} = environment;
  const end = Math.min(now - 1, shutdown?.at ?? now);
  paint(startedAt, end, '·');
  if (initMs !== undefined) paint(startedAt, Math.min(end, startedAt + initMs), '▒');
  for (const one of activities) {
    if (one.kind === 'invoke') paint(one.startedAt, Math.min(end, one.endedAt ?? end), '█');
  }
  if (busySince !== undefined) paint(busySince, end, '█');
  if (shutdown) paint(shutdown.at, Math.min(now - 1, shutdown.at), '✕');
  return merged(cells);
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

const minutes = [1, 2, 5, 10, 15, 30];

/** How far back timelines look, whole minutes: half as long again as an idle environment is expected to live. */
export function timelineSpan(longestIdleMs: number): {ms: number; label: string} {
  const found = minutes.find(one => one * 60_000 >= longestIdleMs * 1.5) ?? 30;
  return {ms: found * 60_000, label: `LAST ${found} MIN`};
}
