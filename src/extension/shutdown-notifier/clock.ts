/**
 * `now` is the wall clock, epoch ms: it may be set back and forward. `elapsed` counts ms without a jump, but stands still
 * while the environment is frozen: it measures within one event, never from one to the next.
 */
export type Clock = {
  now(): number;
  elapsed(): number;
  wait(ms: number): Promise<void>;
};

export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  wait: ms => new Promise(resolve => setTimeout(resolve, ms)),
};
