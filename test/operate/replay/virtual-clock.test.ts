import {expect, test} from 'vitest';
import {createVirtualClock} from '../../../src/operate/replay/virtual-clock.ts';

test('runs at its speed from where it is, stands still, and never passes its limit', () => {
  let real = 0;
  const clock = createVirtualClock(1_000, () => real);
  const after = (ms: number) => {
    real += ms;
    return clock.now();
  };
  clock.limit(100_000);
  expect(after(10)).toBe(1_000);
  expect(clock.until(2_000)).toBe(Number.POSITIVE_INFINITY);
  clock.run(10);
  expect(after(10)).toBe(1_100);
  expect(clock.until(2_100)).toBe(100);
  clock.run(1);
  expect(after(10)).toBe(1_110);
  clock.stop();
  expect(after(10)).toBe(1_110);
  clock.run(1_000);
  expect(after(1_000)).toBe(100_000);
  expect(clock.until(100_000)).toBeLessThan(0);
  clock.set(200_000);
  expect(clock.now()).toBe(200_000);
});
