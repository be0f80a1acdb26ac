import {expect, test} from 'vitest';
import {fullTime} from '../../../src/tui/presentation/clock.ts';

test.each([
  [Date.UTC(2026, 10, 20, 12, 4, 31), '2026-11-20T12:04:31.000Z'],
  [0, '1970-01-01T00:00:00.000Z'],
  [8.64e15, '+275760-09-13T00:00:00.000Z'],
  [8.64e15 + 1, 'no time'],
  [1e300, 'no time'],
  [Number.NaN, 'no time'],
])('%d is %s', (at, shown) => {
  expect(fullTime(at)).toBe(shown);
});
