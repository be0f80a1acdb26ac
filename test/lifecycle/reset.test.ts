import {expect, test} from 'vitest';
import {sinceReset} from '../../src/lifecycle/reset.ts';
import {someEnvironments} from '../support/fake-session.ts';

const at = Date.UTC(2026, 10, 20, 12);
const reset = {...someEnvironments[0]!, state: 'reset' as const, shutdown: {at, reason: 'timeout'}};
const lateMs = 490_000;

test.each<[string, number, number[], number | undefined, string]>([
  ['a moment later', 4_000, [], lateMs, 'may serve again'],
  ['for as long as one could have idled on unseen', 979_000, [], lateMs, 'may serve again'],
  ['after that', 981_000, [], lateMs, 'perhaps dropped since'],
  ['with nothing known of lifetimes', 9_810_000, [], undefined, 'may serve again'],
  ['after an earlier change of the function', 4_000, [at - 1], lateMs, 'may serve again'],
  ['after a later one', 4_000, [at - 1, at + 1], lateMs, 'replaced since'],
])('%s', (_, ms, functionChanges, known, became) => {
  expect(sinceReset(reset, {functionChanges, lateMs: known, now: at + ms})).toBe(became);
});
