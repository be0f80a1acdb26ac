import {expect, test} from 'vitest';
import {awsPrior, forecast, windowPrior} from '../../src/lifecycle/forecast.ts';

test.each([
  ['fresh on AWS', 0, 351_000, 360_000, 398_000, false],
  ['idle for six minutes: half of the sample is behind', 360_000, 363_000, 386_000, 400_000, false],
  ['one survivor left', 399_000, 400_000, 400_000, 400_000, false],
  ['later than anything seen', 401_000, 400_000, 400_000, 400_000, true],
])('prior only, %s', (_, idleMs, earlyMs, medianMs, lateMs, beyond) => {
  expect(forecast(idleMs, [], awsPrior)).toEqual({earlyMs, medianMs, lateMs, beyond, basis: 'prior', observations: 0});
});

test('a configured window is its own prior', () => {
  const fresh = forecast(0, [], windowPrior(18_000, 22_000));
  expect(fresh.earlyMs).toBeGreaterThanOrEqual(18_000);
  expect(fresh.lateMs).toBeLessThanOrEqual(22_000);
  expect(fresh.medianMs).toBe(20_000);
});

test('five own observations replace the prior', () => {
  const seen = [100, 110, 120, 130].map(seconds => ({idleMs: seconds * 1_000, ended: true}));
  expect(forecast(0, seen, awsPrior).basis).toBe('prior');
  const five = forecast(0, [...seen, {idleMs: 140_000, ended: true}], awsPrior);
  expect(five).toMatchObject({
    basis: 'observed',
    observations: 5,
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
  const ended = [1, 2, 3, 4, 5].map(seconds => ({idleMs: seconds * 1_000, ended: true}));
  const censored = Array.from({length: 5}, () => ({idleMs: 4_500, ended: false}));
  expect(forecast(0, ended, []).medianMs).toBe(3_000);
  expect(forecast(0, [...ended, ...censored], []).medianMs).toBe(5_000);
});

test('without anything known it says so', () => {
  expect(forecast(0, [], [])).toMatchObject({beyond: true, observations: 0});
});
