import type {Clock} from '../../../src/extension/shutdown-notifier/clock.ts';

/** Time that passes only when nothing else is left to do. */
export type VirtualTime = Clock & {
  /** Lets time pass until the work has ended (true), or `elapsed` has reached `limit` (false). */
  run(work: Promise<unknown>, limit: number): Promise<boolean>;
  /** The wall clock is set by so many ms. */
  set(ms: number): void;
  /** A freeze: the wall clock goes on alone. */
  freeze(ms: number): void;
  /** Whoever waits, waits for ever. */
  forget(): void;
};

export function virtualTime(): VirtualTime {
  let elapsed = 0;
  let wall = Date.parse('2026-01-01T00:00:00.000Z');
  let timers: {at: number; wake: () => void}[] = [];

  function pass(at: number): void {
    wall += at - elapsed;
    elapsed = at;
  }

  return {
    now: () => Math.floor(wall),
    elapsed: () => elapsed,
    wait: ms => new Promise(wake => timers.push({at: elapsed + Math.max(0, ms), wake})),
    set(ms) {
      wall += ms;
    },
    freeze(ms) {
      wall += ms;
    },
    forget() {
      timers = [];
    },
    async run(work, limit) {
      let ended = false;
      const end = () => {
        ended = true;
      };
      work.then(end, end);
      for (;;) {
        await new Promise(resolve => setImmediate(resolve));
        if (ended) return true;
        const next = timers.reduce((first, timer) => (timer.at < first ? timer.at : first), Number.POSITIVE_INFINITY);
        if (next === Number.POSITIVE_INFINITY && limit === next) throw new Error('Nothing is left that could end this');
        if (next > limit) {
          pass(limit);
          return false;
        }
        pass(next);
        const due = timers.filter(timer => timer.at <= next);
        timers = timers.filter(timer => timer.at > next);
        for (const {wake} of due) wake();
      }
    },
  };
}
