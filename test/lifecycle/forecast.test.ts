import {expect, test} from 'vitest';
import {
  awsPrior,
  type Forecast,
  forecastAt,
  type Observation,
  survivalCurve,
  windowPrior,
} from '../../src/lifecycle/forecast.ts';

const forecast = (idleMs: number, observations: readonly Observation[], prior: readonly number[]): Forecast =>
  forecastAt(survivalCurve(observations, prior), idleMs);
const seconds = (list: readonly number[], ended: boolean): Observation[] =>
  list.map(one => ({idleMs: one * 1_000, ended}));

test.each([
  ['fresh on AWS', 0, 351_000, 360_000, 398_000, false],
  ['idle for six minutes: half of the sample is behind', 360_000, 363_000, 386_000, 400_000, false],
  ['one survivor left', 399_000, 400_000, 400_000, 400_000, false],
  ['later than anything seen', 401_000, 400_000, 400_000, 400_000, true],
])('prior only, %s', (_, idleMs, earlyMs, medianMs, lateMs, beyond) => {
  expect(forecast(idleMs, [], awsPrior)).toEqual({
    earlyMs,
    medianMs,
    lateMs,
    beyond,
    basis: 'prior',
    observations: 0,
    prior: 12,
  });
});

test('a configured window is its own prior', () => {
  const fresh = forecast(0, [], windowPrior(18_000, 22_000));
  expect(fresh.earlyMs).toBeGreaterThanOrEqual(18_000);
  expect(fresh.lateMs).toBeLessThanOrEqual(22_000);
  expect(fresh.medianMs).toBe(20_000);
});

test('five own observations replace the prior', () => {
  const seen = seconds([100, 110, 120, 130], true);
  expect(forecast(0, seen, awsPrior)).toMatchObject({basis: 'prior', observations: 4, prior: 12});
  const five = forecast(0, [...seen, {idleMs: 140_000, ended: true}], awsPrior);
  expect(five).toMatchObject({
    basis: 'observed',
    observations: 5,
    prior: 0,
    earlyMs: 100_000,
    medianMs: 120_000,
    lateMs: 140_000,
  });
});

test('forced ends, however many, do not move the window', () => {
  const forced = Array.from({length: 10}, () => ({idleMs: 5_000, ended: false}));
  expect(forecast(0, forced, awsPrior)).toEqual(forecast(0, [], awsPrior));
});

test('censored environments stretch the estimate, as the product limit has it', () => {
  const ended = seconds([1, 2, 3, 4, 5], true);
  const censored = Array.from({length: 5}, () => ({idleMs: 4_500, ended: false}));
  expect(forecast(0, ended, []).medianMs).toBe(3_000);
  expect(forecast(0, [...ended, ...censored], []).medianMs).toBe(5_000);
});

test('environments whose SHUTDOWN nobody saw do not stretch the forecast for ever', () => {
  const ghosts = Array.from({length: 12}, () => ({idleMs: 3_600_000, ended: false}));
  expect(forecast(0, ghosts, awsPrior)).toEqual(forecast(0, [], awsPrior));
  // Those a little later than all others count: lifetimes may have become longer.
  const late = Array.from({length: 12}, () => ({idleMs: 700_000, ended: false}));
  expect(forecast(0, late, awsPrior).medianMs).toBeGreaterThan(forecast(0, [], awsPrior).medianMs);
});

test('without anything known it says so', () => {
  expect(forecast(0, [], [])).toMatchObject({beyond: true, observations: 0});
});

/** The estimate worked out by hand: who is at risk at each lifetime, and which share of them goes. */
test.each([
  // at 4: 2 of 5 left after 2 of them were lost sight of at 3: S = 4/5, 4/5 · 1/2
  ['lost sight of before a lifetime: not at risk at it', [2, 4, 6], [3, 3], [0.8, 0.4, 0]],
  ['lost sight of at the very time of a lifetime: still at risk', [4, 6], [4, 4], [0.75, 0]],
  ['all go at once', [5, 5, 5], [], [0]],
  ['the last one only lost sight of: never down to nothing', [1, 2], [3], [2 / 3, 1 / 3]],
])('product limit: %s', (_, ended, censored, survival) => {
  const curve = survivalCurve([...seconds(censored, false), ...seconds(ended, true)], []);
  expect(curve.steps.map(step => Number(step.survival.toFixed(9)))).toEqual(
    survival.map(one => Number(one.toFixed(9))),
  );
});

test('the window only ever moves on while an environment idles, and its median is always ahead', () => {
  const curve = survivalCurve(seconds([360, 362, 371, 388, 395, 402], true), awsPrior);
  let before = forecastAt(curve, 0);
  for (let idleMs = 0; idleMs < 402_000; idleMs += 500) {
    const now = forecastAt(curve, idleMs);
    expect(now.beyond).toBe(false);
    expect(now.earlyMs).toBeGreaterThan(idleMs);
    expect(now.earlyMs).toBeLessThanOrEqual(now.medianMs);
    expect(now.medianMs).toBeLessThanOrEqual(now.lateMs);
    expect(now.earlyMs).toBeGreaterThanOrEqual(before.earlyMs);
    expect(now.lateMs).toBeGreaterThanOrEqual(before.lateMs);
    before = now;
  }
  expect(forecastAt(curve, 402_000).beyond).toBe(true);
});

test('a thousand idle environments cost one sort and a look each', () => {
  let reads = 0;
  const idle = Array.from({length: 1_000}, (_, index) => ({
    get idleMs() {
      reads += 1;
      return (index * 7_919) % 390_000;
    },
    ended: false,
  }));
  const curve = survivalCurve([...seconds(Array(100).fill(371), true), ...idle], awsPrior);
  // One sort looks at each about twenty times; a sort for every environment would do so twenty thousand times.
  expect(reads).toBeLessThan(1_000 * 60);
  reads = 0;
  for (let one = 0; one < 1_000; one += 1) forecastAt(curve, one * 390);
  expect(reads).toBe(0);
});
