import type {ProgressState} from '../app-state.ts';

/** `steps`: height of the upper pane with its border; `calls`: rows of the lower one without. */
export type ProgressLayout = {compact: boolean; steps: number; calls: number};

/** Rows that an outcome may need below the steps. */
const outcomeRows = 7;

/** How the progress screen shares its height: the outcome of a run must be readable, the calls can be scrolled. */
export function progressLayout(
  {steps, endedAt}: Pick<ProgressState, 'steps' | 'endedAt'>,
  size: {columns: number; rows: number},
): ProgressLayout {
  const compact = size.columns < 110 || size.rows < 30;
  const height = size.rows - 2;
  const around = 2 + (compact ? 2 : 5);
  const wanted = Math.max(steps.length + around + (endedAt === undefined ? 1 : outcomeRows), compact ? 11 : 16);
  const upper = Math.min(wanted, height - (compact && height < 16 ? 3 : 4));
  return {compact, steps: upper, calls: height - upper - 2};
}
