import {expect, test} from 'vitest';
import type {Environment, Starting} from '../../../src/lifecycle/environment.ts';
import {awsPrior, type Forecast, forecastAt, survivalCurve} from '../../../src/lifecycle/forecast.ts';
import {type Score, scoreOf} from '../../../src/lifecycle/score.ts';
import {countdown, countdownBar, countdownText, goneText} from '../../../src/tui/presentation/countdown.ts';
import type {EnvironmentItem} from '../../../src/tui/presentation/environment-row.ts';
import {lineText} from '../../../src/tui/ui/line.ts';
import {frameTime, someEnvironments} from '../../support/fake-session.ts';

const forecast = {
  earlyMs: 320_000,
  medianMs: 440_000,
  lateMs: 490_000,
  basis: 'observed' as const,
  observations: 6,
  prior: 0,
  beyond: false,
};
const idleFor = (ms: number) => ({...someEnvironments[0]!, idleSince: frameTime - ms});

const bar = (environment: EnvironmentItem, given: Forecast | undefined, width: number, said = false) =>
  lineText(
    countdownBar(environment, width, {forecast: given, now: frameTime, said, score: undefined, asked: undefined}),
  );
const text = (environment: EnvironmentItem, given: Forecast | undefined, roomy: boolean) =>
  lineText(
    countdownText(environment, roomy, {
      forecast: given,
      now: frameTime,
      said: false,
      score: undefined,
      asked: undefined,
    }),
  );

test.each([
  ['just frozen', 0, '────────────┅┅┅┅╋┅', 'in 7m 20s  5–9 min'],
  ['half way', 231_000, '━━━━━━━╸────┅┅┅┅╋┅', 'in 3m 29s  1–5 min'],
  ['in the window', 388_000, '━━━━━━━━━━━━━╸┅┅╋┅', 'in 0m 52s  0–102 s'],
  ['at its end', 489_900, '━━━━━━━━━━━━━━━━━━', 'in 0m 00s  0–1 s'],
])('%s', (_, idle, drawn, words) => {
  const environment = idleFor(idle);
  expect(bar(environment, forecast, 18)).toBe(drawn);
  expect(text(environment, forecast, true)).toBe(words);
});

const onAws = forecastAt(survivalCurve([], awsPrior), 0);
const beyond = {...onAws, earlyMs: 400_000, medianMs: 400_000, lateMs: 400_000, beyond: true};

test.each([
  ['on a short bar, which it leaves', 0, onAws, 18, '───────────┈┈╋┅┈┈→'],
  ['idle for three minutes', 180_000, onAws, 18, '━━━━━━╸────┈┈╋┅┈┈→'],
  ['in the window', 360_500, forecastAt(survivalCurve([], awsPrior), 360_500), 18, '━━━━━━━━━━━━━╸╋┈┈→'],
  ['past it', 450_000, beyond, 18, '━━━━━━━━╸┈┈┈┈┈┈┈┈┈'],
  ['past all of it', 1_000_000, beyond, 18, '━━━━━━━━━━━━━━━━━━'],
  ['on a long bar, all of it', 0, onAws, 45, '───────────────┈┈┈╋┅┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈'],
])('what is commonly said of AWS stands beside the window: %s', (_, idle, given, width, drawn) => {
  expect(bar(idleFor(idle), given, width, true)).toBe(drawn);
});

test.each([0, 1, 100_000, 319_999, 320_001, 489_999, 490_000, 9e9])(
  'the bar is always its width, idle for %i ms',
  idle => {
    for (const width of [1, 2, 7, 18, 40])
      for (const given of [forecast, onAws, beyond])
        for (const said of [true, false]) expect(bar(idleFor(idle), given, width, said)).toHaveLength(width);
  },
);

test('past anything seen it says so instead of a number', () => {
  expect(text(idleFor(600_000), beyond, true)).toBe('later than anything seen');
  expect(text(idleFor(600_000), beyond, false)).toBe('overdue');
});

test('without a forecast nothing is claimed', () => {
  expect(text(idleFor(1_000), undefined, true)).toBe('unknown');
});

test.each<[string, Partial<Starting>, string]>([
  ['just begun', {startedAt: frameTime - 188}, 'init 188 ms…'],
  ['ahead of demand', {startedAt: frameTime - 12_000}, 'no INVOKE yet'],
  ['invoked, and its event not there', {startedAt: frameTime - 900, invokedAt: frameTime - 200}, 'no event yet'],
])('one that is starting: %s', (_, patch, words) => {
  const starting = {state: 'init' as const, stream: 's', functionName: 'f', startedAt: 0, ...patch};
  expect(text(starting, undefined, true)).toBe(words);
  expect(bar(starting, undefined, 4)).toBe('────');
});

test.each<[string, EnvironmentItem, boolean, string]>([
  ['idle', idleFor(231_000), true, 'in 3m 29s  outdated'],
  ['busy', someEnvironments[2]!, true, 'busy 212 ms  outdated'],
  ['idle, where there is little room', idleFor(231_000), false, 'in 3m 29s'],
])('one of the old configuration says so: %s', (_, environment, roomy, words) => {
  const options = {forecast, now: frameTime, said: false, score: undefined, asked: undefined};
  expect(lineText(countdownText(environment, roomy, {...options, outdated: true}))).toBe(words);
});

test('a busy one has no countdown', () => {
  expect(text(someEnvironments[2]!, undefined, true)).toBe('busy 212 ms');
  expect(bar(someEnvironments[2]!, undefined, 4)).toBe('────');
});

const window = {earlyMs: 352_000, lateMs: 397_000};
test.each<[string, Partial<Environment['shutdown'] & object>, Score | undefined, string]>([
  ['not scored', {}, undefined, 'spindown after 21s  at 12:04:04'],
  ['in its window', {idleMs: 361_200}, scoreOf(window, 361_200), 'spindown after 6m 01s  ✓ 5:52–6:37'],
  ['too early', {idleMs: 340_000}, scoreOf(window, 340_000), 'spindown after 5m 40s  ✕ early 5:52–6:37'],
  ['too late', {idleMs: 430_000}, scoreOf(window, 430_000), 'spindown after 7m 10s  ✕ late 5:52–6:37'],
  ['nothing forecast', {}, scoreOf(undefined, 20_912), 'spindown after 21s  at 12:04:04'],
])('one that has gone says why and after how long: %s', (_, patch, score, words) => {
  const gone = someEnvironments[3]!;
  expect(lineText(goneText({...gone, shutdown: {...gone.shutdown!, ...patch}}, {score, asked: undefined}, 46))).toBe(
    words,
  );
});

test('one whose idle time nobody knows does not claim any', () => {
  const unknown = {...someEnvironments[3]!, shutdown: {at: frameTime - 27_000, reason: 'spindown'}};
  expect(lineText(goneText(unknown, {score: undefined, asked: undefined}, 46))).toBe('spindown  at 12:04:04');
});

test.each([
  [45, 'spindown after 3s  forced at 12:04:31'],
  [26, 'spindown after 3s  forced '],
  [20, 'spindown 3s forced '],
  [17, 'spindown after 3s'],
])('one that was forced from here says so in %i cells', (room, words) => {
  const gone = {...someEnvironments[3]!, shutdown: {at: frameTime, reason: 'spindown', idleMs: 3_000}};
  expect(lineText(goneText(gone, {score: undefined, asked: 'forced'}, room))).toBe(words);
});

test.each([
  [34, 'spindown after 5m 40s ✕ early'],
  [28, 'spindown after 5m 40s ✕'],
  [20, 'spindown 5m 40s ✕'],
  [15, 'spindown 5m 40s'],
  [40, 'spindown after 5m 40s  ✕ early 5:52–6:37'],
])('in %i cells as much of it as fits', (room, words) => {
  const gone = {...someEnvironments[3]!, shutdown: {at: frameTime, reason: 'spindown', idleMs: 340_000}};
  expect(lineText(goneText(gone, {score: scoreOf(window, 340_000), asked: undefined}, room))).toBe(words);
});

test.each([
  ['with its time', 60, 'timeout at 12:04:27, may serve again'],
  ['where there is less room', 30, 'timeout, may serve again'],
  ['where there is little', 20, 'timeout'],
])('one that was reset: %s', (_, room, words) => {
  const shutdown = {at: frameTime - 4_000, reason: 'timeout'};
  const reset = {...someEnvironments[0]!, state: 'reset' as const, shutdown};
  const options = {forecast: undefined, now: frameTime, said: false, score: undefined, asked: undefined};
  const cells = {bar: room - 12, words: 10, gap: 2};
  const drawn = lineText(countdown(reset, cells, true, {...options, became: 'may serve again'}));
  expect(drawn.trimEnd()).toBe(words);
  expect(drawn).toHaveLength(room);
});
