/** A clock that runs as fast as one likes, stands still, and never passes `limit`. Epoch ms. */
export type VirtualClock = {
  now(): number;
  /** Real ms until it shows `at`; infinite while it stands still. */
  until(at: number): number;
  /** It goes no further for now. */
  limit(at: number): void;
  /** Shows `at` from now on. */
  set(at: number): void;
  run(speed: number): void;
  stop(): void;
};

export function createVirtualClock(start: number, real: () => number = () => performance.now()): VirtualClock {
  let anchor = start;
  let anchoredAt = real();
  let speed = 0;
  let limit = start;
  const unlimited = (): number => anchor + (real() - anchoredAt) * speed;
  const now = (): number => Math.min(limit, unlimited());
  const set = (at: number): void => {
    anchor = at;
    anchoredAt = real();
  };
  return {
    now,
    until: at => (speed === 0 ? Number.POSITIVE_INFINITY : (at - unlimited()) / speed),
    limit: at => {
      limit = at;
    },
    set: at => {
      limit = Math.max(limit, at);
      set(at);
    },
    run: faster => {
      set(now());
      speed = faster;
    },
    stop: () => {
      set(now());
      speed = 0;
    },
  };
}
