import {expect, it} from 'vitest';
import {compileRegex} from '../../../../src/local/logs/filter-pattern/regex.ts';

it.each([
  ['AUTHORIZED', 'UNAUTHORIZED', true],
  ['^[hc]at', 'hat', true],
  ['^[hc]at', 'that', false],
  ['[hc]at$', 'that', true],
  ['[hc]at$', 'hats', false],
  ['colou?r', 'color', true],
  ['colou?r', 'colour', true],
  ['colou?r', 'colouur', false],
  ['gray|grey', 'so grey', true],
  ['gray|grey', 'griy', false],
  ['^a|b$', 'xb', true],
  ['^a|b$', 'xay', false],
  ['a{3,5}', 'xaax', false],
  ['a{3,5}', 'xaaax', true],
  ['^a{2}$', 'aa', true],
  ['^a{2}$', 'aaa', false],
  ['^a{2,}b', 'aaaab', true],
  ['^[^0-9_]+$', 'Grün', true],
  ['^[^0-9_]+$', 'a_b', false],
  ['[abcx-z]9', 'y9', true],
  ['[a\\]-]x', ']x', true],
  ['[-a]x', '-x', true],
  ['^\\S+\\s\\w+$', 'Ü! now', true],
  ['^\\S+\\s\\w+$', 'two  now', false],
  ['^\\D\\W$', 'x!', true],
  ['^a.c$', 'aßc', true],
  ['^a.c$', 'a\nc', false],
  ['\\x21\\.\\*', '!.*', true],
  ['a*', '', true],
  ['|x', 'y', true],
  ['^$', '', true],
  ['^$', 'x', false],
  ['x^', 'x', false],
  ['@:_#=/;,-', 'a@:_#=/;,-b', true],
  ['.*.*.*.*.*.*.*.*.*.*x$', 'y'.repeat(50_000), false],
  ['[ab]*a[ab]{50}c', 'ab'.repeat(25_000), false],
])('%s in %.20s: %s', (source, text, expected) => {
  expect(compileRegex(source)(text)).toBe(expected);
});

it.each([
  '',
  'something!',
  'a b',
  '(a)',
  'ü',
  'a**',
  '*a',
  '{2}',
  'a{2',
  'a{3,2}',
  'a{x}',
  'a{,3}',
  '[',
  '[]',
  '[a',
  '[z-a]',
  '[\\d-z]',
  '\\',
  '\\b',
  '\\1',
  '\\x8',
  '\\xff',
  'a{301}',
  '.{200}.{200}',
  ']',
  '}',
])('refuses %s', source => {
  expect(() => compileRegex(source)).toThrow('Invalid filter pattern');
});

it('agrees with the engine of JavaScript', () => {
  const sources = ['a', 'b', '.', '[ab]', '[^a]', '\\d'];
  const counts = ['', '*', '+', '?', '{2}', '{1,2}', '{1,}'];
  const joins = ['', '|', '^', '$'];
  let state = 1;
  const pick = <T>(from: readonly T[]): T => {
    state = (state * 48_271) % 2_147_483_647;
    return from[state % from.length]!;
  };
  for (let round = 0; round < 2_000; round += 1) {
    const part = () => pick(joins) + pick(sources) + pick(counts);
    const source = part() + part() + part();
    const text = Array.from({length: state % 6}, () => pick(['a', 'b', '1'])).join('');
    expect([source, text, compileRegex(source)(text)]).toEqual([source, text, new RegExp(source).test(text)]);
  }
});
