import {expect, it} from 'vitest';
import {randomFrom} from '../../../../src/local/behaviour/seeded-random.ts';
import {parseFilterPattern} from '../../../../src/local/logs/filter-pattern/parse.ts';
import {ServiceError} from '../../../../src/local/wire/service.ts';
import {seedOfRun} from '../../wire/mutations.ts';

const pieces = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '"',
    '%',
    '\\',
    '$',
    '$.',
    '.',
    '...',
    ',',
    ' ',
    '\t',
    '\n',
    '*',
    '+',
    '?',
    '-',
    '|',
  ],
  ...['&&', '||', '=', '!=', '=!', '<', '>=', 'IS', 'NULL', ' IS TRUE', ' NOT EXISTS', '{1,300}', '[a-z]', '[^', '.*'],
  ...['a', 'b', 'ERROR', '$.a', '$.a[0]', '["a"]', '1', '-2.5e3', '\\d', '\\x20', 'ü', '\u0000', '😀', 'w1=ERROR'],
];
const lines = [
  '{"a":[1,{"b":"x"}],"b":"aaab"}',
  'a "b c" [d e] 1 2.5',
  `${'['.repeat(20_000)}${'"a '.repeat(5_000)}`,
  '1'.repeat(50_000),
  `${' '.repeat(50_000)}x`,
];

it('reads or refuses every text, and looks through every line', () => {
  const seed = seedOfRun();
  console.log(`LIFECYCLE_SEED=${seed}`);
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  let read = 0;
  for (let round = 0; round < 20_000; round += 1) {
    const text = Array.from({length: 1 + Math.floor(random() * 14)}, () => pick(pieces)).join('');
    const pattern = pick([text, text, `{ ${text} }`, `{ $.a = ${text} }`, `[${text}]`, `%${text}%`, `"${text}"`]);
    try {
      const matches = parseFilterPattern(pattern);
      read += 1;
      for (const line of round % 50 === 0 ? lines : lines.slice(0, 2)) expect(typeof matches(line)).toBe('boolean');
    } catch (error) {
      if (!(error instanceof ServiceError))
        throw new Error(`LIFECYCLE_SEED=${seed} ${JSON.stringify(pattern)}`, {cause: error});
      expect(error.code).toBe('InvalidParameterException');
    }
  }
  expect(read).toBeGreaterThan(500);
});

it.each([
  [`{ ${'('.repeat(500)}$.a = 1${')'.repeat(500)} }`, true],
  [`{ ${'('.repeat(1_000)} }`, false],
  [`[${','.repeat(1_020)}]`, true],
  [`%${'.*'.repeat(140)}x%`, true],
])('bears %.20s', (pattern, readable) => {
  if (readable) expect(parseFilterPattern(pattern)('{"a":2}')).toBe(false);
  else expect(() => parseFilterPattern(pattern)).toThrow('Invalid filter pattern');
});
