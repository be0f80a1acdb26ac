import type {StepId} from '../lifecycle/message.ts';
import type {StepTiming} from './timeline.ts';

/** The look at what is there comes before the first step. */
export type TimedId = StepId | 'look';

/** Notes when the steps of a run begin and end, and what they tell in between. */
export type Stopwatch = {
  begin(id: TimedId, needs?: readonly TimedId[]): void;
  told(id: TimedId, detail: string): void;
  end(id: TimedId): void;
  /** Those that have ended. */
  steps(): StepTiming<TimedId>[];
};

/** `started` on the clock of `performance.now()`. */
export function createStopwatch(started: number): Stopwatch {
  const steps = new Map<TimedId, {startMs: number; needs: readonly TimedId[]; told: StepTiming['told'][number][]}>();
  const ended = new Map<TimedId, number>();
  const now = () => Math.round(performance.now() - started);
  return {
    begin: (id, needs = []) => steps.set(id, {startMs: now(), needs, told: []}),
    told: (id, detail) => steps.get(id)?.told.push({atMs: now(), detail}),
    end: id => ended.set(id, now()),
    steps: () =>
      [...steps].flatMap(([id, step]) => {
        const end = ended.get(id);
        return end === undefined ? [] : [{id, ...step, ms: end - step.startMs}];
      }),
  };
}
