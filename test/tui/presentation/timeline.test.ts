import {expect, test} from 'vitest';
import {timeline, timelineAxis} from '../../../src/tui/presentation/timeline.ts';
import {autoSpan, lifeSpan, spanWords, zoomedSpan} from '../../../src/tui/presentation/timeline-span.ts';
import {lineText} from '../../../src/tui/ui/line.ts';
import {frameTime, someEnvironments} from '../../support/fake-session.ts';

const base = {...someEnvironments[0]!, activities: []};
const ago = (seconds: number) => frameTime - seconds * 1_000;
const invoke = (from: number, to?: number) => ({
  kind: 'invoke' as const,
  invocation: 1,
  startedAt: ago(from),
  ...(to !== undefined && {endedAt: ago(to)}),
});
const without = (({initMs: _, ...rest}) => rest)(base);

test.each([
  ['lives through the whole span', {...without, startedAt: ago(99)}, '··········'],
  ['starts inside it', {...without, startedAt: ago(5)}, '     ·····'],
  ['shows its init', {...base, startedAt: ago(5), initMs: 2_000}, '     ▒▒▒··'],
  [
    'shows an invocation shorter than a cell',
    {...without, startedAt: ago(10), activities: [invoke(5, 4.99)]},
    '·····█····',
  ],
  [
    'shows one still running',
    {...without, startedAt: ago(10), state: 'invoke' as const, invocations: 1, activities: [invoke(3)]},
    '·······███',
  ],
  [
    'does not know how long an older invocation took',
    {...without, startedAt: ago(10), invocations: 2, activities: [invoke(8), {...invoke(2, 1), invocation: 2}]},
    '··█·····██',
  ],
  [
    'was reset in between',
    {...without, startedAt: ago(10), activities: [{kind: 'shutdown' as const, invocation: 1, startedAt: ago(6)}]},
    '····✕·····',
  ],
  [
    'has an event missing between two',
    {
      ...without,
      startedAt: ago(10),
      missing: 1,
      sequence: {first: 1, last: 3, seen: 2},
      activities: [
        {...invoke(9, 8), sequence: 1},
        {...invoke(3, 2), invocation: 3, sequence: 3},
      ],
    },
    '·██????██·',
  ],
  [
    'has its first event missing',
    {
      ...without,
      startedAt: ago(10),
      missing: 1,
      sequence: {first: 2, last: 2, seen: 1},
      activities: [{...invoke(5, 4), sequence: 2}],
    },
    '?????██···',
  ],
  [
    'began its init before the extension started',
    {...base, initStartedAt: ago(7), startedAt: ago(5), initMs: 2_000},
    '   ▒▒▒····',
  ],
  ['is just starting', {state: 'init' as const, stream: 's', functionName: 'f', startedAt: ago(3)}, '       ▒▒▒'],
  [
    'has been invoked and has told nothing',
    {state: 'init' as const, stream: 's', functionName: 'f', startedAt: ago(6), invokedAt: ago(3)},
    '    ▒▒▒███',
  ],
  [
    'ends with its SHUTDOWN',
    {...without, startedAt: ago(10), shutdown: {at: ago(3), reason: 'spindown'}},
    '·······✕  ',
  ],
  ['was over before', {...without, startedAt: ago(90), shutdown: {at: ago(50), reason: 'spindown'}}, '          '],
])('an environment that %s', (_, environment, drawn) => {
  expect(lineText(timeline(environment, frameTime, 10_000, 10))).toBe(drawn);
});

test('a life keeps its shape while the clock goes on, and so does its place among the clock marks', () => {
  const activities = [invoke(24.9, 24.8), invoke(17.3, 17.2), {...invoke(12, 10), invocation: 2}];
  const life = {...base, initMs: 97, startedAt: ago(25), activities, shutdown: {at: ago(1), reason: 'spindown'}};
  const [spanMs, width] = [60_000, 32];
  const drawn = new Set<string>();
  const places = new Set<number>();
  for (let now = frameTime; now < frameTime + 30_000; now += 333) {
    const line = lineText(timeline(life, now, spanMs, width));
    drawn.add(line.trim());
    places.add(line.search(/\S/) - lineText(timelineAxis(now, spanMs, width)).indexOf('╵12:04:00'));
  }
  expect([...drawn]).toEqual(['▒█··█··██····✕']);
  expect(places.size).toBe(1);
});

test.each([
  ['and the invocation has the next cell', {activities: [invoke(4.8, 4.7)]}, '     ▒█···'],
  ['and one that follows at once stays', {activities: [invoke(4.8, 4.7), invoke(3.5, 3)]}, '     ▒██··'],
  ['but not where the next cell is still to come', {startedAt: ago(1), activities: [invoke(0.8, 0.7)]}, '         █'],
  [
    'but not for the SHUTDOWN',
    {activities: [invoke(4.8, 4.7)], shutdown: {at: ago(4), reason: 'failure'}},
    '     █✕   ',
  ],
])('an init is seen though its invocation falls into the same cell, %s', (_, patch, drawn) => {
  const environment = {...base, startedAt: ago(5), initMs: 97, ...patch};
  expect(lineText(timeline(environment, frameTime, 10_000, 10))).toBe(drawn);
});

test.each([
  ['Local', {maxMs: 22_000}, '1 min'],
  ['a short life on Local', {maxMs: 1_000}, '1 min'],
  ['AWS', undefined, '10 min'],
  ['an hour', {maxMs: 3_600_000}, '30 min'],
])('by itself it looks back on %s as far as lives there take', (_, window, words) => {
  expect(spanWords(autoSpan(window))).toBe(words);
});

test('a whole life is always on its timeline, and its scale changes seldom', () => {
  const scales = new Set<number>();
  for (let lifeMs = 0; lifeMs <= 3_600_000; lifeMs += 1_000) {
    const spanMs = lifeSpan(lifeMs, 54);
    expect(spanMs - spanMs / 54).toBeGreaterThanOrEqual(lifeMs);
    expect(spanMs).toBeLessThanOrEqual(Math.max(30_000, 1.3 * lifeMs));
    scales.add(spanMs);
  }
  expect(scales.size).toBeLessThan(32);
});

test('zoom goes through its steps, stops at both ends, and is automatic again where it began', () => {
  const auto = 60_000;
  expect(zoomedSpan(undefined, auto, -1)).toBe(30_000);
  expect(zoomedSpan(30_000, auto, -1)).toBe(30_000);
  expect(zoomedSpan(30_000, auto, 1)).toBeUndefined();
  expect(zoomedSpan(undefined, auto, 1)).toBe(120_000);
  expect([120_000, 300_000, 600_000, 900_000].map(ms => zoomedSpan(ms, auto, 1))).toEqual([
    300_000, 600_000, 900_000, 1_800_000,
  ]);
  expect(zoomedSpan(1_800_000, auto, 1)).toBe(1_800_000);
});

test.each([
  ['a minute', 60_000, 40, '╵12:04:00'],
  ['ten minutes', 600_000, 40, '╵12:00'],
  ['half an hour', 1_800_000, 40, '╵11:50'],
])('clock marks under %s', (_, spanMs, width, mark) => {
  const axis = lineText(timelineAxis(frameTime, spanMs, width));
  expect(axis).toHaveLength(width);
  expect(axis).toContain(mark);
  const at = Date.parse(`2026-11-20T${mark.slice(1).padEnd(8, ':00')}Z`);
  const cellMs = spanMs / width;
  expect(axis.indexOf(mark)).toBe(width - 1 - Math.floor((frameTime - 1) / cellMs) + Math.floor(at / cellMs));
});

test('clock marks never leave their row, whatever its width and span', () => {
  for (const width of [0, 1, 5, 9, 12, 33, 80, 200])
    for (const spanMs of [30_000, 60_000, 600_000, 1_800_000, 7_000_000, 90_000_000])
      expect(lineText(timelineAxis(frameTime, spanMs, width))).toHaveLength(width);
});
