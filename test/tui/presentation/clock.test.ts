import {expect, test} from 'vitest';
import {fullTime, took} from '../../../src/tui/presentation/clock.ts';

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

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.5, '1.00 s'],
  [9_994, '9.99 s'],
  [9_995, '10.0 s'],
  [99_949, '99.9 s'],
  [99_950, '1m 40s'],
  [307_400, '5m 07s'],
  [3_725_000, '1h 02m'],
])('%d ms took %s', (ms, words) => {
  expect(took(ms)).toBe(words);
  // A column of them is six cells wide.
  expect(words.length).toBeLessThanOrEqual(6);
});
