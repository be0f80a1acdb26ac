import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createStore} from '../../../src/tui/state/store.ts';

beforeEach(() => {
  vi.useFakeTimers({now: 1_000_000});
});
afterEach(() => {
  vi.useRealTimers();
});

/** When commits came, ms after the beginning, while a stream sets something every 10 ms. */
function commitsOf(renderMs: number, forMs: number): number[] {
  const store = createStore({now: 0, rows: 0}, Date.now);
  const found: number[] = [];
  store.subscribe(() => found.push(Date.now() - 1_000_000));
  for (let at = 0; at < forMs; at += 10) {
    store.set({rows: at});
    vi.advanceTimersByTime(10);
    store.took(renderMs);
  }
  store.close();
  return found;
}

test.each([
  [1, 200],
  [13, 200],
  [20, 300],
  [30, 450],
  [90, 500],
])('frames of %i ms come every %i ms at most', (renderMs, leastMs) => {
  const found = commitsOf(renderMs, 3_000);
  const gaps = found.slice(2).map((at, index) => at - found[index + 1]!);
  expect(found.length).toBeGreaterThan(3);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(leastMs);
});

test('a key commits at once', () => {
  const store = createStore({now: 0, rows: 0}, Date.now);
  store.took(500);
  store.set({rows: 1});
  store.flush();
  store.set({rows: 2});
  store.flush();
  expect(store.committed().rows).toBe(2);
  store.close();
});

test('without news there is a commit a second, on the second', () => {
  const store = createStore({now: 0}, Date.now);
  const found: number[] = [];
  store.subscribe(() => found.push(Date.now() % 1_000));
  vi.advanceTimersByTime(5_100);
  expect(found.slice(1)).toEqual([0, 0, 0, 0, 0]);
  store.close();
});

test('news after a commit of the clock alone does not wait, and what follows it does', () => {
  const store = createStore({now: 0, rows: 0}, Date.now);
  const found: [ms: number, rows: number][] = [];
  vi.advanceTimersByTime(500);
  store.subscribe(() => found.push([Date.now() - 1_000_000, store.committed().rows]));
  vi.advanceTimersByTime(510);
  store.set({rows: 1});
  vi.advanceTimersByTime(10);
  store.set({rows: 2});
  vi.advanceTimersByTime(300);
  expect(found).toEqual([
    [500, 0],
    [1_000, 0],
    [1_010, 1],
    [1_210, 2],
  ]);
  store.close();
});
