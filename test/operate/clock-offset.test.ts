import {expect, test} from 'vitest';
import {observeDate, offsetMs, unknownOffset} from '../../src/operate/clock-offset.ts';

const at = Date.parse('2026-11-21T12:00:00.000Z');
const header = (ms: number): Date => new Date(Math.floor(ms / 1_000) * 1_000);

test('equal clocks give 0 although the header has whole seconds', () => {
  let offset = unknownOffset;
  for (let ms = 0; ms < 3_000; ms += 130) offset = observeDate(offset, header(at + ms), at + ms, at + ms + 40);
  expect(offsetMs(offset)).toBe(0);
});

test.each([-90_000, -1_500, 2_500, 90_000])('a server that is %i ms off is found to half a second', lead => {
  let offset = unknownOffset;
  for (let ms = 0; ms < 5_000; ms += 170) offset = observeDate(offset, header(at + ms + lead), at + ms, at + ms + 20);
  expect(Math.abs(offsetMs(offset) - lead)).toBeLessThan(500);
});

test('a clock that was set starts anew; what is no date says nothing', () => {
  const before = observeDate(unknownOffset, header(at), at, at + 10);
  expect(observeDate(before, new Date('soon'), at, at)).toBe(before);
  expect(observeDate(before, undefined, at, at)).toBe(before);
  const after = observeDate(before, header(at + 3_600_000), at, at + 10);
  expect(offsetMs(after)).toBeGreaterThan(3_590_000);
});
