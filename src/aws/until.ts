import {setTimeout as sleep} from 'node:timers/promises';
import {Problem} from './problem.ts';
import {willRetry} from './retry-notice.ts';

export type UntilOptions = {
  /** What is waited for, for the error's text: `the table to be ACTIVE`. */
  what: string;
  timeoutMs: number;
  /** Pauses between probes in ms; the last one goes on. */
  schedule: readonly [number, ...number[]];
  signal?: AbortSignal | undefined;
};

/**
 * Asks at once and then along the schedule until `probe` gives something other than `undefined`. Rejects with a Problem
 * when the time is over, with the signal's reason when it is aborted (also during a pause), and with whatever the probe throws.
 */
export async function until<T>(probe: () => Promise<T | undefined>, options: UntilOptions): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  for (let round = 0; ; round++) {
    options.signal?.throwIfAborted();
    const answer = await probe();
    if (answer !== undefined) return answer;
    const left = deadline - performance.now();
    if (left <= 0) throw new Problem('failed', `Waited ${Math.round(options.timeoutMs / 1_000)} s for ${options.what}`);
    await pause(Math.min(pauseOf(options.schedule, round), left), options.signal);
  }
}

/**
 * Runs `call` again along the schedule as long as `again` says so of its error. When the time is over the last error is
 * thrown. `onWait` hears the error and the pause before each further try.
 */
export async function retry<T>(
  call: () => Promise<T>,
  options: Omit<UntilOptions, 'schedule'> & {
    /** The same after every error, or by the error of the moment. */
    schedule: UntilOptions['schedule'] | ((error: unknown) => UntilOptions['schedule']);
    again: (error: unknown) => boolean;
    onWait?: (error: unknown, pauseMs: number) => void;
  },
): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  for (let round = 0; ; round++) {
    options.signal?.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      const {schedule} = options;
      const pauseMs = pauseOf(typeof schedule === 'function' ? schedule(error) : schedule, round);
      if (!options.again(error) || performance.now() + pauseMs > deadline) throw error;
      willRetry(error, pauseMs);
      options.onWait?.(error, pauseMs);
      await pause(pauseMs, options.signal);
    }
  }
}

function pauseOf(schedule: UntilOptions['schedule'], round: number): number {
  return schedule[Math.min(round, schedule.length - 1)]!;
}

/** Waits; rejects with the signal's own reason. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, signal && {signal});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
