import {expect, test} from 'vitest';
import {formatDuration, parseDuration} from '../../src/text/duration.ts';

test.each([
  ['500ms', 500],
  ['20s', 20_000],
  ['1.5s', 1_500],
  ['10m', 600_000],
  ['24h', 86_400_000],
  ['20', undefined],
  ['', undefined],
  ['-1s', undefined],
  ['1d', undefined],
  ['1e3s', undefined],
  [`${'9'.repeat(20)}h`, undefined],
])('parse %j gives %j', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  [0, '0 ms'],
  [850, '850 ms'],
  [999.6, '1.0 s'],
  [12_340, '12.3 s'],
  [59_960, '1m 00s'],
  [125_000, '2m 05s'],
  [3_720_000, '1h 02m'],
  [273_600_000, '3d 04h'],
  [-1_500, '-1.5 s'],
  [Number.NaN, '–'],
])('format %j gives %j', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
