import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {AsyncQueue} from '../../../../src/local/lambda/invoke/async-queue.ts';
import {ServiceError} from '../../../../src/local/wire/service.ts';

const reference = {name: 'f', arn: 'arn:aws:lambda:us-east-1:000000000000:function:f'};
const event = {requestId: 'r1', payload: Buffer.from('{}')};
const waits = {asyncRetryMs: [1_000, 2_000], asyncThrottleMs: {first: 1_000, most: 4_000, age: 60_000}};

type Step = 'ok' | 'error' | number;

/** Answers one step after the other; a number is the status of a refusal. `calls` are the times in ms. */
function queueThat(...steps: Step[]) {
  const started = Date.now();
  const calls: number[] = [];
  const notices: string[] = [];
  const invoke = async () => {
    calls.push(Date.now() - started);
    const step = steps.shift() ?? 'ok';
    if (typeof step === 'number') throw new ServiceError('Refused', `refused with ${step}`, step);
    const answer = {payload: Buffer.from(''), ...(step === 'error' ? {functionError: 'Unhandled' as const} : {})};
    return {answer, version: '$LATEST', done: Promise.resolve({lines: []})};
  };
  return {queue: new AsyncQueue({invoke}, waits, text => notices.push(text)), calls, notices};
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each<[string, Step[], number[], number]>([
  ['succeeds at once', ['ok'], [0], 0],
  ['fails once', ['error', 'ok'], [0, 1_000], 1],
  ['fails always', ['error', 'error', 'error'], [0, 1_000, 3_000], 3],
  ['is throttled', [429, 429, 429, 429, 'ok'], [0, 1_000, 3_000, 7_000, 11_000], 1],
  ['meets an internal error', [500, 'ok'], [0, 1_000], 1],
  ['is throttled between retries', ['error', 429, 'ok'], [0, 1_000, 2_000], 2],
  ['has no function any more', [404], [0], 1],
])('an event that %s', async (_, steps, expected, notices) => {
  const made = queueThat(...steps);
  made.queue.add(reference, event);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(made.calls).toEqual(expected);
  expect(made.notices).toHaveLength(notices);
});

test('throttled for too long it is dropped, and said so', async () => {
  const made = queueThat(...Array(100).fill(429));
  made.queue.add(reference, event);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(made.calls.at(-1)).toBeLessThanOrEqual(60_000);
  expect(made.notices).toEqual([
    'Asynchronous event r1 of f is held back (refused with 429), tried again in 1 s, then up to 4 s apart, as on AWS.',
    'Asynchronous event r1 of f dropped: refused with 429.',
  ]);
});

test('a closed queue lets nothing wait', async () => {
  const made = queueThat('error', 'ok');
  made.queue.add(reference, event);
  await vi.advanceTimersByTimeAsync(500);
  made.queue.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(made.calls).toEqual([0]);
  expect(made.notices).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});
