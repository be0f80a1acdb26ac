import {expect, test} from 'vitest';
import {matcher} from '../../../src/tui/ui/matches.ts';

test.each([
  ['', 'anything', true],
  ['shut', 'SHUTDOWN! Reason', true],
  ['!shut', 'SHUTDOWN! Reason', false],
  ['!', 'anything', true],
  ['^END', 'END RequestId', true],
  ['^END', 'the END', false],
  ['INVOKE|SHUTDOWN', 'Event: INVOKE', true],
  ['[', 'a [ b', true],
  ['(', 'no parenthesis', false],
  ['a.c', 'abc', true],
])('%j on %j is %s', (filter, text, expected) => {
  expect(matcher(filter)(text)).toBe(expected);
});

test('a pattern that could take for ever is taken as plain text', () => {
  const started = performance.now();
  expect(matcher('(a+)+$')(`${'a'.repeat(60)}!`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2_000);
});
