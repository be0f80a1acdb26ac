import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {keepPace, type Pace} from '../../../src/operate/requests/keep-pace.ts';
import {numbers} from '../../support/seed.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends that take `tookMs` each, and when they began, ms from the start. */
function paced(given: Partial<Pace> & {tookMs?: number}) {
  const startedAt = performance.now();
  const sentAt: number[] = [];
  let skipped = 0;
  const stop = new AbortController();
  const done = keepPace({
    count: Number.POSITIVE_INFINITY,
    perSecond: 5,
    slots: 20,
    send: async () => {
      sentAt.push(performance.now() - startedAt);
      await new Promise(resolve => setTimeout(resolve, given.tookMs ?? 0));
    },
    onSkipped: () => {
      skipped += 1;
    },
    stop: stop.signal,
    ...given,
  });
  return {sentAt, skipped: () => skipped, stop, done};
}

test('sends on the beat, and as many as asked for', async () => {
  const {sentAt, done} = paced({count: 4, perSecond: 5});
  await vi.runAllTimersAsync();
  await done;
  expect(sentAt.map(Math.round)).toEqual([0, 200, 400, 600]);
});

/** A clock on which every timer is late by what `lateBy` says. */
async function onLateTimers(lateBy: (beat: number) => number, count: number): Promise<number[]> {
  let now = 0;
  let timers = 0;
  const later = (run: () => void, ms: number) => {
    now += Math.max(0, ms) + lateBy(timers);
    timers += 1;
    queueMicrotask(run);
  };
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(later as never);
  const sentAt: number[] = [];
  const send = async () => {
    sentAt.push(now);
  };
  const stop = new AbortController().signal;
  await keepPace({count, perSecond: 10, slots: 20, send, onSkipped: () => {}, stop});
  vi.restoreAllMocks();
  return sentAt;
}

test('does not drift: timers that are all late leave it on the beat', async () => {
  const random = numbers();
  const sentAt = await onLateTimers(() => random() * 9, 10_000);
  expect(sentAt).toHaveLength(10_000);
  const late = sentAt.map((at, beat) => at - beat * 100);
  expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...late)).toBeLessThan(9.001);
});

test('a late beat sends once and makes up for nothing', async () => {
  const sentAt = await onLateTimers(beat => (beat === 2 ? 370 : 0), 6);
  expect(sentAt).toEqual([0, 100, 570, 600, 700, 800]);
});

test('when all slots are under way nothing is sent and nothing piles up', async () => {
  const {sentAt, skipped, done} = paced({count: 20, perSecond: 10, slots: 2, tookMs: 950});
  await vi.runAllTimersAsync();
  await done;
  expect(sentAt.map(Math.round)).toEqual([0, 100, 1_000, 1_100]);
  expect(skipped()).toBe(16);
});

test('a stop sends no more and waits for what is under way', async () => {
  const {sentAt, stop, done} = paced({perSecond: 10, tookMs: 500});
  await vi.advanceTimersByTimeAsync(250);
  stop.abort();
  let ended = false;
  void done.then(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(100);
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(ended).toBe(true);
  expect(sentAt).toHaveLength(3);
  expect(vi.getTimerCount()).toBe(0);
});

test('an error of sending ends it', async () => {
  const {done} = paced({
    send: async () => {
      throw new Error('no such function');
    },
  });
  const failed = expect(done).rejects.toThrow('no such function');
  await vi.runAllTimersAsync();
  await failed;
});
