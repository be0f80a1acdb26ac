import {type StepMessage, stepIds} from '../lifecycle/message.ts';
import {cellWidth, padCells} from '../text/cells.ts';
import {formatDuration} from '../text/duration.ts';
import {type Output, type Part, styled} from './output.ts';

const drawEveryMs = 100;
const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const titleWidth = 21;
const nameWidth = 35;

export type StepList = {
  add(step: StepMessage): void;
  /** Draws the last state for good. */
  end(): void;
};

/**
 * Shows steps as they go: on a terminal as a list that is drawn over, elsewhere a line for each step that has ended;
 * with `--json` the messages themselves. With `marks` a star stands before those on the critical path.
 */
export function createStepList(output: Output, {marks = false} = {}): StepList {
  const steps = new Map<string, StepMessage>();
  const live = output.live && output.rows > stepIds.length + 2;
  let frame = 0;
  const draw = (): void => {
    frame += 1;
    output.redraw([...steps.values()].sort(inOrder).map(step => stepRow(step, frame, output.columns)));
  };
  const timer = live ? setInterval(draw, drawEveryMs) : undefined;
  return {
    add: given => {
      output.message(given);
      const {critical: _, ...plain} = given;
      const step = marks ? given : plain;
      steps.set(step.id, step);
      if (!live && ['done', 'failed', 'skipped'].includes(step.status)) output.line(...stepRow(step, 0, 200));
    },
    end: () => {
      clearInterval(timer);
      if (live) draw();
      output.redraw([]);
    },
  };
}

function inOrder(a: StepMessage, b: StepMessage): number {
  return stepIds.indexOf(a.id) - stepIds.indexOf(b.id);
}

function stepRow(step: StepMessage, frame: number, columns: number): Part[] {
  const {status, title, name, action, detail, error, ms} = step;
  const words = error ?? (status === 'running' ? (detail ?? '') : status === 'done' ? (action ?? 'done') : status);
  const time = ms === undefined ? '' : formatDuration(ms);
  const used = 2 + 2 + titleWidth + nameWidth + 10;
  return [
    '  ',
    glyphOf(status, frame),
    step.critical ? '*' : ' ',
    padCells(title, titleWidth),
    styled('dim', padCells(name, nameWidth)),
    styled('dim', padCells(time, 8, 'right')),
    '  ',
    // A line that wraps would break drawing over it.
    padCells(words, Math.min(cellWidth(words), Math.max(0, columns - used - 1))),
  ];
}

function glyphOf(status: StepMessage['status'], frame: number): Part {
  switch (status) {
    case 'done':
      return styled('green', '✓');
    case 'failed':
      return styled('red', '✕');
    case 'running':
      return styled('yellow', spinner[frame % spinner.length]!);
    default:
      return styled('dim', '·');
  }
}
