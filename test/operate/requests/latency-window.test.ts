import {expect, test} from 'vitest';
import {createLatencyWindow} from '../../../src/operate/requests/latency-window.ts';
import {numbers, seed} from '../../support/seed.ts';

test('without an answer there is nothing to tell', () => {
  expect(createLatencyWindow().summary()).toEqual({count: 0, newest: []});
});

test('median and 95th percentile by nearest rank', () => {
  const window = createLatencyWindow();
  for (const ms of [30, 10, 20]) window.add(ms);
  expect(window.summary()).toEqual({count: 3, p50Ms: 20, p95Ms: 30, newest: [30, 10, 20]});
});

test('agrees with sorting the last hundred anew, after any number of answers', () => {
  const random = numbers();
  const window = createLatencyWindow();
  const all: number[] = [];
  for (let n = 0; n < 1_000; n++) {
    const ms = Math.floor(random() * 50);
    all.push(ms);
    window.add(ms);
    const last = all.slice(-100);
    const sorted = [...last].sort((a, b) => a - b);
    const rank = (share: number) => sorted[Math.ceil(sorted.length * share) - 1];
    expect(window.summary(), `LIFECYCLE_SEED=${seed}`).toEqual({
      count: last.length,
      p50Ms: rank(0.5),
      p95Ms: rank(0.95),
      newest: last,
    });
  }
});
