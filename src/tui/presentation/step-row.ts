import {cellWidth, padCells} from '../../text/cells.ts';
import type {ProgressState, StepRow} from '../state/app-state.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {took} from './clock.ts';
import {safeLine} from './safe-line.ts';

const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** Moves on with every commit that is a fifth of a second later. */
export const spinnerAt = (now: number): string => spinner[Math.floor(now / 200) % spinner.length]!;

const marks: Record<StepRow['status'], {mark: string; tone: Tone}> = {
  waiting: {mark: '○', tone: 'muted'},
  running: {mark: '', tone: 'init'},
  done: {mark: '✓', tone: 'ok'},
  failed: {mark: '✕', tone: 'error'},
  skipped: {mark: '–', tone: 'muted'},
};

/** `spanMs` is what the whole width of the timelines stands for. */
export type StepRowOptions = {
  progress: Pick<ProgressState, 'steps' | 'retries' | 'startedAt'>;
  now: number;
  spanMs: number;
  width: number;
  compact: boolean;
};

export const statusWidth = (compact: boolean) => (compact ? 23 : 29);

/** The cells of a timeline: what the other columns leave. */
const timelineWidth = (width: number, compact: boolean) => Math.max(0, width - (compact ? 58 : 96));

/** One step: mark, title, resource, what happened, how long it took, and when within the whole. */
export function stepRow(step: StepRow, options: StepRowOptions): Line {
  const {now, compact, width} = options;
  const {mark, tone} = marks[step.status];
  const ms = step.ms ?? (step.startedAt === undefined ? undefined : (step.endedAt ?? now) - step.startedAt);
  const time = step.status === 'skipped' || ms === undefined ? '' : took(Math.max(0, ms));
  const begin: Line = [
    span(compact ? ' ' : '   '),
    span(`${mark === '' ? spinnerAt(now) : mark} `, tone),
    span(padCells(safeLine(step.title), 20), step.status === 'waiting' ? 'muted' : 'plain'),
    ...(compact ? [] : [span(`${padCells(safeLine(step.name), 31)} `, 'muted')]),
  ];
  const room = statusWidth(compact);
  // One that waits has no time yet: its words may go over those columns.
  if (step.status === 'waiting') return [...begin, span(statusWords(step, options, width), 'muted')];
  return [
    ...begin,
    span(padCells(statusWords(step, options, room), room), step.status === 'failed' ? 'error' : 'plain'),
    span(padCells(time, 8, 'right')),
    span('  '),
    ...stepTimeline(step, options, timelineWidth(width, compact)),
  ];
}

/** What goes on or went on; while waiting, for which steps. */
function statusWords(step: StepRow, {progress}: StepRowOptions, room: number): string {
  const retries = progress.retries[step.id] ?? 0;
  const again = retries === 0 ? '' : ` · ${retries === 1 ? '1 retry' : `${retries} retries`}`;
  switch (step.status) {
    case 'waiting': {
      const open = (step.waitsFor ?? []).filter(id => progress.steps.find(one => one.id === id)?.status !== 'done');
      return open.length === 0 ? 'waiting' : safeLine(`waits for ${open.join(', ')}`);
    }
    case 'running':
      return `${inRoom(safeLine(step.detail ?? 'running'), room - again.length)}${again}`;
    case 'failed':
      return safeLine(step.error ?? 'failed');
    default:
      return `${safeLine(step.action ?? step.detail ?? step.status)}${again}`;
  }
}

/** `role propagation: not yet visible to Lambda` is cut to what it is about. */
const inRoom = (detail: string, room: number) => (cellWidth(detail) <= room ? detail : detail.split(/: |, /)[0]!);

/** When it ran, as a stretch of the whole: heavy where it decides how long that takes. */
function stepTimeline(step: StepRow, {progress, now, spanMs}: StepRowOptions, width: number): Line {
  if (step.startedAt === undefined || width <= 0) return [];
  const {startedAt, steps} = progress;
  const cell = (at: number) => Math.min(width, Math.max(0, Math.round(((at - startedAt) / spanMs) * width)));
  const from = Math.min(width - 1, cell(step.startedAt));
  const to = Math.max(from + 1, cell(step.endedAt ?? now));
  const running = step.endedAt === undefined;
  const heavy = step.critical || !steps.some(({critical}) => critical);
  const body = (heavy ? '━' : '─').repeat(to - from - (running ? 1 : 0)) + (running ? (heavy ? '╸' : '╴') : '');
  return [span(' '.repeat(from)), span(body, step.status === 'failed' ? 'error' : running ? 'init' : 'ok')];
}

const scales = [0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1_200, 3_600];

/** A round time that is not less, ms: what the timelines are drawn to. */
export function timelineSpan(ms: number): number {
  const seconds = scales.find(one => one * 1_000 >= ms) ?? Math.ceil(ms / 3_600_000) * 3_600;
  return seconds * 1_000;
}
