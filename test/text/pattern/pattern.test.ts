import {describe, expect, test} from 'vitest';
import {type Pattern, readPattern} from '../../../src/text/pattern/pattern.ts';
import {numbers, seed} from '../../support/seed.ts';

function pattern(source: string, ignoreCase = true): Pattern {
  const read = readPattern(source, ignoreCase);
  if ('unusable' in read) throw new Error(`${source}: ${read.unusable}`);
  return read;
}

const texts = [
  '',
  'a',
  'INFO  Target function invoked',
  '[shutdown-notifier] SHUTDOWN! Reason: spindown',
  'REPORT Duration: 11.20 ms  Billed Duration: 12 ms',
  'aaaaaaaaab',
  'Ünïcode Σς ſtraße \u212a',
  'two\nlines',
  'tab\there',
];

test.each([
  'spindown$',
  '^report',
  '^$',
  '(info|warn) +target',
  'a{3}b',
  'a{2,4}b',
  'a{9,}b',
  'x{0}^',
  '\\d+\\.\\d{2} ms',
  '[^a-z ]{4,}',
  '[\\w-]+\\]',
  '[]a]?',
  '\\bfun',
  '\\Bfun',
  'function\\b',
  'billed.*12',
  'two.lines',
  'two[^]lines',
  '\\x41\\u0041?',
  'ü',
  'σ',
  's',
  'k$',
  '(?:a|b)*$',
  '(?<name>a+)b',
  'a{,2}',
  '(a*)*b',
  '(a|aa)+$',
  '(^|!) ?r',
  '\\cI',
  '\\/',
  '-',
  '\\t',
])('%s matches as the regular expression does', source => {
  for (const text of texts) {
    expect(pattern(source).test(text), text).toBe(new RegExp(source, 'i').test(text));
    expect(pattern(source, false).test(text), text).toBe(new RegExp(source).test(text));
  }
});

test('random patterns match as regular expressions do', () => {
  const random = numbers();
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const part = (depth: number): string => {
    const kinds = depth > 0 ? 9 : 5;
    const kind = Math.floor(random() * kinds);
    if (kind < 3) return pick(['a', 'b', 'C', '-', ' ']);
    if (kind === 3) return pick(['.', '\\w', '\\W', '[ab]', '[^a]', '[a-c]', '\\s']);
    if (kind === 4) return pick(['^', '$', '\\b', '\\B', 'a', 'b']);
    if (kind === 5) return `(${part(depth - 1)}|${part(depth - 1)})`;
    if (kind === 6) return `(?:${part(depth - 1)})${pick(['*', '+', '?', '{2}', '{1,3}', '{2,}', '*?'])}`;
    return part(depth - 1) + part(depth - 1);
  };
  for (let round = 0; round < 3_000; round++) {
    const source = part(4);
    const text = Array.from({length: Math.floor(random() * 9)}, () => pick(['a', 'B', 'c', '-', ' ', '\n'])).join('');
    const expected = new RegExp(source, 'i').test(text);
    expect(pattern(source).test(text), `${source} on ${JSON.stringify(text)}, LIFECYCLE_SEED=${seed}`).toBe(expected);
  }
});

describe('no pattern and no text can hang it', () => {
  const hostile = [`${'a'.repeat(100_000)}!`, '='.repeat(100_000), 'ab'.repeat(50_000)];
  test.each([
    '(a+)+$',
    '(a*)*b',
    '(a|a)*$',
    '(a|aa)+$',
    '(.*)*x',
    '(.*a){20}$',
    '.*.*.*.*.*=x',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(?:a?){50}a{50}b',
    '(x+x+)+y|(=+)+$z',
    '(a|b|ab)*(bc)?c',
    '[ab]*a[ab]{12}c',
    '(\\b|a)*c',
  ])('%s', source => {
    const {test: matches, ranges} = pattern(source);
    for (const text of hostile) {
      matches(text);
      ranges(text);
    }
  });
});

test.each([
  ['(a)\\1', 'back references are not supported'],
  ['(?<n>a)\\k<n>', 'back references are not supported'],
  ['a(?=b)', 'looking ahead or behind is not supported'],
  ['(?<!a)b', 'looking ahead or behind is not supported'],
  ['((a{99}){99}){99}', 'the pattern is too long'],
  ['(\\b){999999999}', 'the pattern is too long'],
  ['(', 'not a valid regular expression'],
  ['a**', 'not a valid regular expression'],
  ['[z-a]', 'not a valid regular expression'],
])('%s is refused: %s', (source, unusable) => {
  expect(readPattern(source, true)).toEqual({unusable});
});

test.each([
  [
    'a',
    'banana',
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
  [
    'an',
    'bANana',
    [
      [1, 3],
      [3, 5],
    ],
  ],
  [
    'a|an',
    'banana',
    [
      [1, 3],
      [3, 5],
      [5, 6],
    ],
  ],
  ['x*', 'axxb', [[1, 3]]],
  [
    '^a|a$',
    'aaa',
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ['\\bb', 'ab b', [[3, 4]]],
  [
    '\\w+',
    'one two',
    [
      [0, 3],
      [4, 7],
    ],
  ],
  ['nothing', 'else', []],
] as const)('%s in %s is found at %j', (source, text, ranges) => {
  expect(pattern(source).ranges(text)).toEqual(ranges);
});

test('ranges that would take too long are those found until then', () => {
  const found = pattern('.*x|a').ranges('a'.repeat(50_000));
  expect(found.length).toBeLessThan(5);
});
