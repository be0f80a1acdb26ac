import {expect, test} from 'vitest';
import {timeline, timelineSpan} from '../../../src/tui/presentation/timeline.ts';
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
  ['shows one still running', {...without, startedAt: ago(10), activities: [invoke(3)]}, '·······███'],
  [
    'ends with its SHUTDOWN',
    {...without, startedAt: ago(10), shutdown: {at: ago(3), reason: 'spindown'}},
    '·······✕  ',
  ],
  ['was over before', {...without, startedAt: ago(90), shutdown: {at: ago(50), reason: 'spindown'}}, '          '],
])('an environment that %s', (_, environment, drawn) => {
  expect(lineText(timeline(environment, frameTime, 10_000, 10))).toBe(drawn);
});

test.each([
  [22_000, 'LAST 1 MIN'],
  [400_000, 'LAST 10 MIN'],
  [3_600_000, 'LAST 30 MIN'],
])('lifetimes up to %i ms are looked at over %s', (longest, label) => {
  expect(timelineSpan(longest).label).toBe(label);
});
