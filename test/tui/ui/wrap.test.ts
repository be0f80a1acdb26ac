import {expect, test} from 'vitest';
import {highlight} from '../../../src/tui/ui/highlight.ts';
import {lineText, lineWidth, span} from '../../../src/tui/ui/line.ts';
import {readFilter} from '../../../src/tui/ui/matches.ts';
import {scrolled, textRows} from '../../../src/tui/ui/text-scroll.ts';
import {slideLine, wrapLine} from '../../../src/tui/ui/wrap.ts';

test.each([
  ['short', 'abc', 5, 9, ['abc']],
  ['exactly one line', 'abcde', 5, 9, ['abcde']],
  ['two lines', 'abcdefg', 5, 9, ['abcde', 'fg']],
  ['wide characters are not cut in half', 'a漢字b', 3, 9, ['a漢', '字b']],
  ['more than may be', 'abcdefghij', 3, 2, ['abc', 'de…']],
  ['at the end of a word', 'one two three', 9, 9, ['one two', 'three']],
  ['a space at the edge is the break', 'one two three', 7, 9, ['one two', 'three']],
  ['nothing', '', 5, 9, ['']],
  ['a character that is wider than the line', '漢a', 1, 9, ['', 'a']],
])('wrapped: %s', (_, text, width, most, expected) => {
  expect(wrapLine([span(text)], width, most).map(lineText)).toEqual(expected);
});

test('tones go on over the edge', () => {
  const lines = wrapLine([span('ab', 'ok'), span('cdef', 'error')], 3, 9);
  expect(lines).toEqual([[span('ab', 'ok'), span('c', 'error')], [span('def', 'error')]]);
});

test.each([
  [0, 'abcdef'],
  [2, '…def'],
  [5, '…'],
  [9, '…'],
])('slid by %i cells', (cells, expected) => {
  expect(lineText(slideLine([span('ab'), span('cdef')], cells))).toBe(expected);
});

test('a megabyte wraps to no more lines than asked for', () => {
  const lines = wrapLine([span('漢'.repeat(500_000))], 50, 20);
  expect(lines).toHaveLength(20);
  expect(lines.every(line => lineWidth(line) <= 50)).toBe(true);
});

test('what is looked for stands out, over the borders of tones too', () => {
  const line = [span('Reason: ', 'gone'), span('spindown', 'plain')];
  expect(highlight(line, readFilter('n: sp'))).toEqual([
    span('Reaso', 'gone'),
    span('n: ', 'match'),
    span('sp', 'match'),
    span('indown', 'plain'),
  ]);
  expect(highlight(line, readFilter('!spin'))).toBe(line);
  expect(lineText(highlight(line, readFilter('s|n')))).toBe('Reason: spindown');
});

test('text of several lines is wrapped with its indentation', () => {
  expect(textRows(['{', '  "abc": "defghij"', '}'], 10)).toEqual(['{', '  "abc":', '    "defgh', '    ij"', '}']);
  expect(textRows(['漢'.repeat(5)], 4).every(row => row.length > 0)).toBe(true);
});

test.each([
  [0, 'j', 1],
  [0, 'k', 0],
  [0, 'G', 90],
  [90, 'g', 0],
  [88, 'ctrl+d', 90],
  [50, 'pageup', 45],
  [3, 'x', undefined],
])('from %i %s scrolls to %s', (top, key, expected) => {
  expect(scrolled(top, key, 100, 10)).toBe(expected);
});
