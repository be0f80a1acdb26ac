import {expect, test} from 'vitest';
import {scoreOf} from '../../../src/lifecycle/score.ts';
import {minutesAndSeconds, scoreWords, tallyWords} from '../../../src/tui/presentation/score-words.ts';
import {lineText} from '../../../src/tui/ui/line.ts';

const window = {earlyMs: 352_000, lateMs: 397_000};

test.each([
  [361_000, 'expected 5:52–6:37, came 6:01 ✓'],
  [340_000, 'expected 5:52–6:37, early 5:40 ✕'],
  [430_000, 'expected 5:52–6:37, late 7:10 ✕'],
])('idle for %i ms', (idleMs, words) => {
  expect(lineText(scoreWords(scoreOf(window, idleMs)))).toBe(words);
});

test('where nothing was forecast that is said', () => {
  expect(lineText(scoreWords(scoreOf(undefined, 361_000)))).toBe('idle 6:01, nothing forecast');
});

test.each([
  [0, '0:00'],
  [20_912, '0:21'],
  [59_600, '1:00'],
  [3_661_000, '61:01'],
  [-5, '0:00'],
])('%i ms is %s', (ms, words) => {
  expect(minutesAndSeconds(ms)).toBe(words);
});

const tally = (hits: number, of: number) => ({hits, of});
test.each([
  ['nothing scored', tally(0, 0), tally(0, 0), '', ''],
  ['this session only', tally(7, 9), tally(7, 9), 'forecast 7 of 9', 'forecast 7 of 9'],
  ['earlier ones too', tally(7, 9), tally(12, 14), 'forecast 7 of 9 (12 of 14 in all)', 'forecast 7 of 9'],
  ['earlier ones only', tally(0, 0), tally(12, 14), 'forecast 12 of 14 in all', 'forecast 12 of 14 in all'],
])('the score of %s', (_, session, all, roomy, tight) => {
  const scores = {byEnvironment: new Map(), session, all};
  expect(tallyWords(scores, true)).toBe(roomy);
  expect(tallyWords(scores, false)).toBe(tight);
});
