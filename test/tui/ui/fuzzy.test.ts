import {expect, test} from 'vitest';
import {fuzzyScore} from '../../../src/tui/ui/fuzzy.ts';

const best = (typed: string, texts: readonly string[]) =>
  texts
    .flatMap(text => {
      const score = fuzzyScore(typed, text);
      return score === undefined ? [] : [{text, score}];
    })
    .sort((a, b) => b.score - a.score)
    .map(({text}) => text);

test.each([
  ['rate', ['theme', 'rate', 'separate'], ['rate', 'separate']],
  ['cu', ['focus', 'copy-url', 'cut'], ['cut', 'copy-url', 'focus']],
  ['TD', ['teardown', 'tab'], ['teardown']],
  ['colour th', ['colour theme'], ['colour theme']],
  ['xyz', ['x', 'xy'], []],
  ['', ['b', 'aa'], ['b', 'aa']],
  ['é', ['é'], ['é']],
])('%j among %j', (typed, texts, found) => {
  expect(best(typed, texts)).toEqual(found.filter(text => texts.includes(text)));
});
