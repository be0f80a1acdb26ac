import {padCells} from '../../text/cells.ts';
import type {StepRow} from '../state/app-state.ts';
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

export type StepRowOptions = {now: number; startedAt: number; spanMs: number; width: number; compact: boolean};

/** One step: mark, title, resource, what happened, how long it took, and when within the whole. */
export function stepRow(step: StepRow, options: StepRowOptions): Line {
  const {now, compact, width} = options;
  const {mark, tone} = marks[step.status];
  const words = safeLine(
    step.error ??
      (step.status === 'running' ? (step.detail ?? 'running') : (step.action ?? step.detail ?? step.status)),
  );
  const ms = step.ms ?? (step.startedAt === undefined ? undefined : (step.endedAt ?? now) - step.startedAt);
  const time = step.status === 'waiting' || step.status === 'skipped' || ms === undefined ? '' : took(Math.max(0, ms));
  const timelineWidth = Math.max(0, width - (compact ? 58 : 90));
  return [
    span(compact ? ' ' : '   '),
    span(`${mark === '' ? spinnerAt(now) : mark} `, tone),
    span(padCells(safeLine(step.title), 20), step.status === 'waiting' ? 'muted' : 'plain'),
    ...(compact ? [] : [span(padCells(safeLine(step.name), 32), 'muted')]),
    span(
      padCells(words, compact ? 23 : 20),
      step.status === 'failed' ? 'error' : step.status === 'waiting' ? 'muted' : 'plain',
    ),
    span(padCells(time, 8, 'right')),
    span('  '),
    ...stepTimeline(step, options, timelineWidth),
  ];
}

/** When it ran, as a stretch of the whole deployment. */
function stepTimeline(step: StepRow, {now, startedAt, spanMs}: StepRowOptions, width: number): Line {
  if (step.startedAt === undefined || width <= 0) return [];
  const cell = (at: number) => Math.min(width, Math.max(0, Math.round(((at - startedAt) / spanMs) * width)));
  const from = Math.min(width - 1, cell(step.startedAt));
  const to = Math.max(from + 1, cell(step.endedAt ?? now));
  const running = step.endedAt === undefined;
  const body = '━'.repeat(to - from - (running ? 1 : 0)) + (running ? '╸' : '');
  return [span(' '.repeat(from)), span(body, step.status === 'failed' ? 'error' : running ? 'init' : 'ok')];
}
