import {expect, test} from 'vitest';
import {noteLegends, noteMarks, noteWords} from '../../../src/tui/presentation/environment-notes.ts';
import {lineText} from '../../../src/tui/ui/line.ts';
import {fakeEnvironment, invoked} from '../../support/fake-environments.ts';

const plain = fakeEnvironment('a');
const everything = fakeEnvironment('b', {
  generation: 2,
  proactive: true,
  initMs: 318,
  missing: 1,
  sequence: {first: 1, last: 3, seen: 2},
  activities: [invoked(1, 50, 1), invoked(3, 20, 1)],
});

test.each([
  ['nothing unusual', plain, '   ', ''],
  ['an init', {...plain, initMs: 318}, '   ', 'init 318 ms'],
  ['proactive', {...plain, proactive: true}, '⇡  ', 'proactive init'],
  ['never used', {...plain, invocations: 0}, '⇡  ', 'proactive init, never used'],
  ['reset', {...plain, generation: 3}, '↻  ', 'reset, generation 3'],
  ['all of it', everything, '?↻⇡', '1 event missing: sequence 2 · reset, generation 2 · proactive init · init 318 ms'],
])('%s', (_, environment, marks, words) => {
  expect(lineText(noteMarks(environment, 3))).toBe(marks);
  expect(noteWords(environment)).toBe(words);
});

test('where only one mark fits it is the one that matters most', () => {
  expect(lineText(noteMarks(everything, 1))).toBe('?');
});

test('the legend explains what is on the screen, and nothing else', () => {
  expect(noteLegends([plain]).map(lineText)).toEqual([]);
  expect(noteLegends([plain, {...plain, generation: 2}]).map(lineText)).toEqual(['  ↻ reset']);
  expect(noteLegends([everything]).map(lineText)).toEqual(['  ? missing', '  ↻ reset', '  ⇡ proactive']);
});

test.each([
  [[1, 3], 1, '1 event missing: sequence 2'],
  [[1, 5], 3, '3 events missing: sequence 2–4'],
  [[1, 3, 5, 7, 9], 4, '4 events missing: sequence … 4, 6, 8'],
])('of events %o the missing ones are named, the last three at least', (numbers, missing, words) => {
  const activities = numbers.map(number => invoked(number, 100 - number, 0.5));
  const sequence = {first: 1, last: numbers.at(-1)!, seen: numbers.length};
  expect(noteWords(fakeEnvironment('c', {missing, sequence, activities}))).toBe(words);
});
