import {expect, test} from 'vitest';
import {about} from '../../../src/tui/presentation/ago.ts';
import {timelineSpan} from '../../../src/tui/presentation/step-row.ts';
import {credentialWords} from '../../../src/tui/presentation/target-row.ts';
import {wrapWords} from '../../../src/tui/presentation/wrap-words.ts';

test.each([
  [0, '0 s'],
  [-5_000, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [7.9 * 3_600_000, '7 h'],
  [49 * 3_600_000, '2 d'],
])('%d ms are about %s', (ms, words) => {
  expect(about(ms)).toBe(words);
});

test.each([
  [0, 200],
  [180, 200],
  [430, 500],
  [11_500, 15_000],
  [15_000, 15_000],
  [700_000, 1_200_000],
  [4_000_000, 7_200_000],
])('%d ms are drawn to a scale of %d', (ms, span) => {
  expect(timelineSpan(ms)).toBe(span);
});

const now = Date.UTC(2026, 10, 20);
test.each([
  [undefined, ''],
  [{kind: 'keys'}, 'keys'],
  [{kind: 'sso', expiresAt: now + 3_700_000}, 'sso, 1 h left'],
  [{kind: 'sso', expiresAt: now}, 'sso expired'],
] as const)('credentials %j: %s', (credentials, words) => {
  expect(credentialWords({kind: 'aws', ...(credentials && {credentials})}, now)).toBe(words);
});

test.each([
  ['one two three', 20, 3, ['one two three']],
  ['one two three', 7, 3, ['one two', 'three']],
  ['one two three four', 7, 2, ['one two', 'three …']],
  ['unbreakable', 5, 2, ['unbr…']],
  ['漢字 漢字', 5, 2, ['漢字', '漢字']],
])('%j in %d cells and %d lines', (text, width, most, lines) => {
  expect(wrapWords(text, width, most)).toEqual(lines);
});
