import stringWidth from 'string-width';
import {expect, test} from 'vitest';
import {cellWidth, cutCells, isSure, padCells} from '../../src/text/cells.ts';
import {numbers, seed} from '../support/seed.ts';

test.each([
  ['', 0],
  ['abc', 3],
  ['日本', 4],
  ['é', 1],
  ['👩‍👩‍👧', 2],
  ['━╸', 2],
  ['हिन्दी', 5],
  ['ខ្មែរ', 4],
  ['நிலை', 4],
  ['ไทยที่', 4],
  ['น้ำ', 2],
  ['العربية', 7],
])('width of %j is %i', (text, width) => {
  expect(cellWidth(text)).toBe(width);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['abcdef', 1, '…'],
  ['abcdef', 0, ''],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
])('%j cut to %i is %j', (text, width, expected) => {
  expect(cutCells(text, width)).toBe(expected);
});

test('the short cut agrees with the full measure, character by character', () => {
  for (let code = 0x20; code < 0x2900; code += 1) {
    // A vowel of Thai and one of Lao: letters of their own to terminals, marks to string-width.
    if (code === 0xe33 || code === 0xeb3) continue;
    const character = String.fromCodePoint(code);
    expect([character, cellWidth(`a${character}`)]).toEqual([character, stringWidth(`a${character}`)]);
  }
});

test('characters of one cell each stay that beside one another, as Ink measures them', () => {
  console.log(`seed ${seed}`);
  const random = numbers(seed);
  const sure = Array.from({length: 0x2900}, (_, code) => String.fromCodePoint(code)).filter(isSure);
  for (let round = 0; round < 2_000; round++) {
    const text = Array.from({length: 30}, () => sure[Math.floor(random() * sure.length)]).join('');
    expect(stringWidth(text), JSON.stringify(text)).toBe(text.length);
  }
});

test('padding gives exactly the width', () => {
  expect(padCells('ab', 4)).toBe('ab  ');
  expect(padCells('ab', 4, 'right')).toBe('  ab');
  expect(cellWidth(padCells('日本語', 4))).toBe(4);
});

test('a megabyte is cut without being measured', () => {
  for (const text of [
    '日'.repeat(1_000_000),
    'e\u0301'.repeat(500_000),
    '─'.repeat(1_000_000),
    'x'.repeat(1_000_000),
  ]) {
    const cut = cutCells(text, 80);
    expect(cellWidth(cut)).toBeGreaterThanOrEqual(79);
    expect(cellWidth(cut)).toBeLessThanOrEqual(80);
    expect(cut.endsWith('…')).toBe(true);
  }
});
