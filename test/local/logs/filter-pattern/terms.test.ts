import {expect, it} from 'vitest';
import {parseFilterPattern} from '../../../../src/local/logs/filter-pattern/parse.ts';

const line = '[shutdown-notifier] SHUTDOWN! Reason: spindown "quoted" Ünder_score 10.1.2.3';

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
  ['%SHUT[a-z]+%', false],
  ['%SHUT[A-Z]+!%', 'refused'],
  ['%SHUT[A-Z]+%', true],
  ['%10\\.1\\.\\d+\\.\\d{1,3}$%', true],
  ['?timeout ?%spin(down)?%', 'refused'],
  ['?timeout ?%spin%', true],
  ['SHUTDOWN -%spin.*quoted%', false],
  ['%a% %b% %c%', 'refused'],
  ['Reason:', 'refused'],
  ['Ünder', 'refused'],
  ['"open', 'refused'],
  ['a"b"', 'refused'],
  ['"a"b', 'refused'],
  ['- x', 'refused'],
  ['--x', 'refused'],
  ['?', 'refused'],
  ['%x', 'refused'],
  ['%%', 'refused'],
])('matches %s: %s', (pattern, expected) => {
  if (expected === 'refused') {
    expect(() => parseFilterPattern(pattern)).toThrow(
      expect.objectContaining({code: 'InvalidParameterException', message: 'Invalid filter pattern'}),
    );
  } else expect(parseFilterPattern(pattern)(line)).toBe(expected);
});

it('takes 1,024 characters and no more', () => {
  expect(parseFilterPattern('x'.repeat(1_024))(line)).toBe(false);
  expect(() => parseFilterPattern('x'.repeat(1_025))).toThrow(
    "at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024",
  );
});
