import {expect, test} from 'vitest';
import {createTrafficCounter, measureTraffic, noTraffic} from '../../../src/operate/requests/traffic.ts';
import {numbers, seed} from '../../support/seed.ts';

const start = 1_700_000_000_000;
type Request = {from: number; to: number};

/** Counts requests in the order in which their ends are known. */
function counted(requests: readonly Request[], until = Number.POSITIVE_INFINITY) {
  const counter = createTrafficCounter();
  const moments = requests.flatMap(({from, to}) => [
    {at: from, count: () => counter.sent(from)},
    {at: to, count: () => counter.answered(to, to - from)},
  ]);
  for (const {at, count} of moments.sort((a, b) => a.at - b.at)) if (at <= until) count();
  return counter.snapshot();
}

test('a steady rate: under way on average is the rate times the duration', () => {
  const requests = Array.from({length: 100}, (_, n) => ({from: start + n * 200, to: start + n * 200 + 980}));
  const now = start + 19_900;
  const measured = measureTraffic(counted(requests, now), now);
  expect(measured.perSecond).toBeCloseTo(5, 0);
  expect(measured.meanMs).toBe(980);
  expect(measured.underWay).toBeCloseTo(4.9, 1);
  expect(measured.underWay).toBeCloseTo((measured.perSecond * measured.meanMs!) / 1_000, 0);
  expect(measured.peak).toBe(5);
});

test('nothing was sent, or only long ago', () => {
  expect(measureTraffic(noTraffic, start)).toEqual({underWay: 0, peak: 0, perSecond: 0});
  const old = counted([{from: start, to: start + 100}]);
  expect(measureTraffic(old, start + 60_000)).toEqual({underWay: 0, peak: 0, perSecond: 0});
});

test('what is under way without an answer counts up to now', () => {
  const hanging = counted([{from: start, to: start + 99_000}], start);
  expect(measureTraffic(hanging, start + 5_000).underWay).toBeCloseTo(0.5, 1);
  expect(measureTraffic(hanging, start + 60_000)).toMatchObject({underWay: 1, peak: 1, perSecond: 0});
});

test('a burst after a long silence', () => {
  const requests = [{from: start, to: start + 10}].concat(
    Array.from({length: 3}, () => ({from: start + 90_000, to: start + 91_000})),
  );
  const measured = measureTraffic(counted(requests), start + 91_000);
  expect(measured).toMatchObject({peak: 3, meanMs: 1_000});
  expect(measured.underWay * 9.75).toBeCloseTo(3, 0);
});

test('agrees with the requests themselves, whatever they are, and keeps no more than its window', () => {
  const random = numbers();
  for (let round = 0; round < 50; round++) {
    const requests = Array.from({length: 200}, () => {
      const from = start + Math.floor(random() * 30_000);
      return {from, to: from + Math.floor(random() ** 3 * 8_000)};
    });
    const now = start + Math.floor(random() * 35_000);
    const traffic = counted(requests, now);
    expect(traffic.slots.length).toBeLessThanOrEqual(20);
    const from = Math.floor(now / 500) * 500 - 9_500;
    const before = requests.filter(request => request.from <= now);
    const within = before.filter(request => request.from >= from);
    const requestMs = before.reduce(
      (sum, one) => sum + Math.max(0, Math.min(one.to, now) - Math.max(one.from, from)),
      0,
    );
    const measured = measureTraffic(traffic, now);
    expect(measured.underWay, `LIFECYCLE_SEED=${seed}`).toBeCloseTo(requestMs / (now - from), 6);
    expect(measured.perSecond).toBeCloseTo(within.length / ((now - from) / 1_000), 6);
  }
});

test('times that go back count as the moment that was reached', () => {
  const counter = createTrafficCounter();
  counter.sent(start);
  counter.sent(start - 5_000);
  counter.answered(start - 9_000, 50);
  const {underWay, at} = counter.snapshot();
  expect({underWay, at}).toEqual({underWay: 1, at: start});
});
