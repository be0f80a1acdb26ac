import {expect, test} from 'vitest';
import {anchored, cellsOf} from '../../../src/tui/ui/styled-row.ts';

const red = (text: string) => `\x1b[31m${text}\x1b[39m`;
const to = (column: number) => `\x1b[${column}G`;

test.each([
  ['│ plain │', '│ plain │'],
  ['', ''],
  ['│日本 a│', `│日本${to(6)} a│`],
  [`│${red('a🩷b')}│`, `│\x1b[31ma🩷${to(5)}b\x1b[39m│`],
  [`日${red('本')}x`, `日${to(3)}\x1b[31m本${to(5)}\x1b[39mx`],
  ['e\u0301│', `e\u0301${to(2)}│`],
])('%j is anchored as %j', (row, expected) => {
  expect(anchored(row)).toBe(expected);
});

test.each([
  ['abcdef', 2, 4, 'cd'],
  ['abc', 3, 9, ''],
  [`a${red('bcd')}e`, 2, 5, `${red('cd')}e`],
  [`a${red('bcd')}e`, 0, 1, `a${red('')}`],
  ['日本語', 2, 4, '本'],
  ['日本語', 1, 5, ' 本 '],
  ['日本語', 3, 4, ' '],
  ['xe\u0301日', 0, 2, 'xe\u0301'],
  ['xe\u0301日', 2, 4, '日'],
  ['ab日', 0, 3, 'ab '],
])('of %j the cells %i to %i are %j', (row, from, until, expected) => {
  expect(cellsOf(row, from, until)).toBe(expected);
});
