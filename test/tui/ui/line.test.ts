import {expect, test} from 'vitest';
import {bar} from '../../../src/tui/ui/bar.ts';
import {framed} from '../../../src/tui/ui/border.ts';
import {fitLine, lineText, lineWidth, span, spread} from '../../../src/tui/ui/line.ts';
import {sparkline} from '../../../src/tui/ui/sparkline.ts';

test.each([
  ['short', 8, 'ab漢    '],
  ['exact', 4, 'ab漢'],
  ['cut inside a wide character', 3, 'ab…'],
  ['cut at a span', 2, 'a…'],
  ['nothing', 0, ''],
])('fitLine: %s', (_, width, expected) => {
  const line = fitLine([span('ab'), span('漢')], width);
  expect(lineText(line)).toBe(expected);
  expect(lineWidth(line)).toBe(width);
});

test('spread keeps the right side and cuts the left', () => {
  expect(lineText(spread([span('left')], [span('right')], 12))).toBe('left   right');
  expect(lineText(spread([span('left side')], [span('right')], 10))).toBe('left…right');
});

test.each([2, 5, 10, 20, 80])('a frame of %i cells is a rectangle', width => {
  const lines = framed({
    width,
    height: 4,
    title: 'A long title',
    right: [span('right')],
    focused: true,
    rows: [[span('x'.repeat(99))]],
  });
  expect(lines.map(lineWidth)).toEqual([width, width, width, width]);
});

test.each([
  [0, '──────────'],
  [0.5, '━━━━╸─────'],
  [1, '━━━━━━━━━━'],
  [7, '━━━━━━━━━━'],
])('a bar at %d', (share, expected) => {
  expect(lineText(bar(share, 10))).toBe(expected);
});

test.each([
  [[], '    '],
  [[5], '█   '],
  [[0, 5, 10], '▁▄█ '],
  [[9, 1, 2, 3, 4], '▂▄▆█'],
  [[0, 0], '▁▁  '],
])('a sparkline of %j', (values, expected) => {
  expect(sparkline(values, 4)).toBe(expected);
});
