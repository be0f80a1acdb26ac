import {expect, test} from 'vitest';
import {countdownBar, countdownText} from '../../../src/tui/presentation/countdown.ts';
import {lineText} from '../../../src/tui/ui/line.ts';
import {frameTime, someEnvironments} from '../../support/fake-session.ts';

const forecast = {
  earlyMs: 320_000,
  medianMs: 440_000,
  lateMs: 490_000,
  basis: 'observed' as const,
  observations: 6,
  beyond: false,
};
const idleFor = (ms: number) => ({...someEnvironments[0]!, idleSince: frameTime - ms});

test.each([
  ['just frozen', 0, '────────────┅┅┅┅┅┅', 'in 7m 20s  5–9 min'],
  ['half way', 231_000, '━━━━━━━╸────┅┅┅┅┅┅', 'in 3m 29s  1–5 min'],
  ['in the window', 388_000, '━━━━━━━━━━━━━╸┅┅┅┅', 'in 0m 52s  0–102 s'],
  ['at its end', 489_900, '━━━━━━━━━━━━━━━━━━', 'in 0m 00s  0–1 s'],
])('%s', (_, idle, bar, words) => {
  const environment = idleFor(idle);
  expect(lineText(countdownBar(environment, forecast, frameTime, 18))).toBe(bar);
  expect(lineText(countdownText(environment, forecast, frameTime, true))).toBe(words);
});

test.each([0, 1, 100_000, 319_999, 320_001, 489_999, 490_000, 9e9])(
  'the bar is always its width, idle for %i ms',
  idle => {
    for (const width of [1, 2, 7, 18, 40]) {
      expect(lineText(countdownBar(idleFor(idle), forecast, frameTime, width))).toHaveLength(width);
    }
  },
);

test('past anything seen it says so instead of a number', () => {
  const beyond = {...forecast, beyond: true};
  expect(lineText(countdownText(idleFor(600_000), beyond, frameTime, true))).toBe('later than any seen');
  expect(lineText(countdownText(idleFor(600_000), beyond, frameTime, false))).toBe('overdue');
});

test('without a forecast nothing is claimed', () => {
  expect(lineText(countdownText(idleFor(1_000), undefined, frameTime, true))).toBe('unknown');
});

test('busy and gone environments have no countdown', () => {
  const [, , busy, gone] = someEnvironments;
  expect(lineText(countdownText(busy!, undefined, frameTime, true))).toBe('busy 212 ms');
  expect(lineText(countdownText(gone!, undefined, frameTime, true))).toBe('spindown 12:04:04');
  expect(lineText(countdownBar(gone!, undefined, frameTime, 4))).toBe('····');
});
