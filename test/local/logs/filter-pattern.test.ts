import {expect, it} from 'vitest';
import {parseFilterPattern} from '../../../src/local/logs/filter-pattern.ts';

const line = '[shutdown-notifier] SHUTDOWN! Reason: spindown "quoted" Ünder_score';

it.each([
  ['', true],
  ['   ', true],
  ['SHUTDOWN', true],
  ['shutdown Reason', true],
  ['Shutdown', false],
  ['SHUTDOWN timeout', false],
  ['"Reason: spindown"', true],
  ['"Reason: timeout"', false],
  ['?timeout ?spindown', true],
  ['?timeout ?failure', false],
  ['-timeout', true],
  ['-spindown', false],
  ['SHUTDOWN -timeout', true],
  ['SHUTDOWN -"Reason: spindown"', false],
  ['?timeout SHUTDOWN', true],
  ['?spindown absent', false],
  ['"\\"quoted\\""', true],
  ['?"Reason: x" ?"Reason: spindown"', true],
  ['  SHUTDOWN   Reason  ', true],
])('matches %s: %s', (pattern, expected) => {
  expect(parseFilterPattern(pattern)(line)).toBe(expected);
});

it.each(['{ $.a = "b" }', '[a, b]', '%x%', 'Reason:', '"open', 'a"b"', '- x', 'x'.repeat(1025)])(
  'refuses %s',
  pattern => {
    expect(() => parseFilterPattern(pattern)).toThrow(expect.objectContaining({code: 'InvalidParameterException'}));
  },
);
