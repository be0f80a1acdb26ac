import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {keepPolling} from '../../src/operate/polling.ts';
import {eventInterval, logInterval} from '../../src/operate/requests/pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('failures halve the rate down to a sixteenth; success brings it back', async () => {
  const stop = new AbortController();
  const at: number[] = [];
  const begin = Date.now();
  const problems: unknown[] = [];
  const done = keepPolling({
    intervalMs: () => 100,
    signal: stop.signal,
    random: () => 0.5,
    onProblem: error => problems.push(error),
    step: async () => {
      at.push(Date.now() - begin);
      if (at.length >= 2 && at.length <= 7) throw new Error('slow down');
    },
  });
  await vi.advanceTimersByTimeAsync(12_000);
  stop.abort();
  await done;
  const gaps = at.slice(1).map((time, index) => time - at[index]!);
  expect(gaps.slice(0, 12)).toEqual([100, 200, 400, 800, 1_600, 1_600, 1_600, 800, 400, 200, 100, 100]);
  expect(problems.map(problem => problem !== undefined)).toEqual([...Array(6).fill(true), false]);
});

test('an abort ends a wait at once', async () => {
  const stop = new AbortController();
  const done = keepPolling({
    intervalMs: () => 3_600_000,
    signal: stop.signal,
    onProblem: () => {},
    step: async () => {},
  });
  await vi.advanceTimersByTimeAsync(1);
  stop.abort();
  await done;
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  [true, 0, 250, 500],
  [true, 3_600_000, 250, 500],
  [false, 0, 2_000, 2_000],
  [false, 60_000, 5_000, 5_000],
  [false, 300_000, 5_000, 15_000],
])('pace: local %s, quiet for %i ms', (local, quietMs, events, logs) => {
  expect(eventInterval(local, quietMs)).toBe(events);
  expect(logInterval(local, quietMs)).toBe(logs);
});
