import {expect, test} from 'vitest';
import {matcher, readFilter} from '../../../src/tui/ui/matches.ts';

test.each([
  ['', 'anything', true],
  ['shut', 'SHUTDOWN! Reason', true],
  ['SHUT', 'SHUTDOWN! Reason', true],
  ['SHUT', '[shutdown-notifier]', false],
  ['Shut|ready', 'all READY', false],
  ['\\Shut\\B', 'a SHUTDOWN', true],
  ['!SHUT', '[shutdown-notifier]', true],
  ['!shut', 'SHUTDOWN! Reason', false],
  ['!', 'anything', true],
  ['^END', 'END RequestId', true],
  ['^END', 'the END', false],
  ['INVOKE|SHUTDOWN', 'Event: INVOKE', true],
  ['[', 'a [ b', true],
  ['(', 'no parenthesis', false],
  ['a.c', 'abc', true],
  ['(a)\\1', 'aa', false],
  ['(a)\\1', 'the text (A)\\1 itself', true],
])('%j on %j is %s', (filter, text, expected) => {
  expect(matcher(filter)(text)).toBe(expected);
});

test.each([
  ['plain text', {empty: false, inverted: false, regex: false}],
  ['!plain', {inverted: true, regex: false}],
  ['a|b', {regex: true}],
  ['!^a', {inverted: true, regex: true}],
  ['[', {regex: false, problem: 'not a valid regular expression'}],
  ['(a)\\1', {regex: false, problem: 'back references are not supported'}],
  ['', {empty: true}],
  ['!', {empty: true, inverted: true}],
])('%j is read as %j', (typed, expected) => {
  expect(readFilter(typed)).toMatchObject(expected);
});

test('a row is shown when one of its texts matches; inverted, when none does', () => {
  expect(readFilter('^b').shows(['ab', 'ba'])).toBe(true);
  expect(readFilter('!^b').shows(['ab', 'ba'])).toBe(false);
  expect(readFilter('!^c').shows(['ab', 'ba'])).toBe(true);
});

test.each([
  [
    'an',
    'Banana',
    [
      [1, 3],
      [3, 5],
    ],
  ],
  [
    'a.',
    'banana',
    [
      [1, 3],
      [3, 5],
    ],
  ],
  [
    '.',
    'ab',
    [
      [0, 1],
      [1, 2],
    ],
  ],
  ['!an', 'banana', []],
  [
    '(',
    'a(b(',
    [
      [1, 2],
      [3, 4],
    ],
  ],
] as const)('%j stands out in %j at %j', (typed, text, ranges) => {
  expect(readFilter(typed).ranges(text)).toEqual(ranges);
});

test.each(['(a+)+$', '(a|a)*$', '(a*)*b', '(?:a?){60}a{60}$', '.*.*.*.*=x', 'a{40}$', '\\b(a\\B)*c'])(
  '%s on a line of a megabyte is as quick as on any other',
  typed => {
    const line = `${'a'.repeat(1_000_000)}!`;
    const {shows, ranges} = readFilter(typed);
    for (let round = 0; round < 100; round++) shows([line]);
    ranges(line);
  },
);
