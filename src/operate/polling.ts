import {pause} from './pause.ts';

const slowest = 16;

export type Polling = {
  step: () => Promise<void>;
  /** Asked before each wait; ms. */
  intervalMs: () => number;
  signal: AbortSignal;
  /** Called with the error of every failed step, and once with nothing when steps succeed again. */
  onProblem: (error: unknown) => void;
  random?: () => number;
};

/**
 * Runs `step` again and again until the signal aborts. After a failure, throttling above all, the rate is halved
 * each time, down to a sixteenth, and comes back by the same steps; a jitter of ± 10 % keeps pollers apart.
 */
export async function keepPolling({step, intervalMs, signal, onProblem, random = Math.random}: Polling): Promise<void> {
  let factor = 1;
  let failing = false;
  while (!signal.aborted) {
    try {
      await step();
      factor = Math.max(1, factor / 2);
      if (failing) onProblem(undefined);
      failing = false;
    } catch (error) {
      if (signal.aborted) return;
      factor = Math.min(slowest, factor * 2);
      failing = true;
      onProblem(error);
    }
    await pause(intervalMs() * factor * (0.9 + 0.2 * random()), signal);
  }
}
