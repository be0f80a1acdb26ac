import {expect, test} from 'vitest';
import {
  createRecorder,
  type ExtensionEvent,
  readEvent,
  startEnvironment,
} from '../../src/extension/shutdown-notifier/recorder.ts';

const identity = {functionName: 'stand-in', functionVersion: '$LATEST', initType: 'on-demand'};
const start = Date.parse('2026-01-01T00:00:00.000Z');
const invoke = (requestId: string): ExtensionEvent => ({eventType: 'INVOKE', requestId, deadlineMs: 0});
const shutdown = (shutdownReason: string): ExtensionEvent => ({eventType: 'SHUTDOWN', shutdownReason, deadlineMs: 0});

function setUp(stored?: Parameters<typeof startEnvironment>[0]) {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  return createRecorder({identity, environment: startEnvironment(stored, start, newId), ttlSeconds: 60, newId});
}

test('one generation: numbers, times, who was last', () => {
  const recorder = setUp();
  recorder.parked(start);
  const first = recorder.record(invoke('a'), start + 11_000);
  expect(first).toMatchObject({eventId: 'id-2', environmentId: 'id-1', generation: 1, sequence: 1, invocation: 1});
  expect(first).toMatchObject({cold: true, requestId: 'a', shutdownReason: 'N/A', ttl: start / 1_000 + 71});
  expect(first).not.toHaveProperty('extensionMs');
  expect(first).not.toHaveProperty('parkedMs');
  recorder.parked(start + 11_040);
  expect(recorder.record(invoke('b'), start + 12_000)).toMatchObject({cold: false, invocation: 2, extensionMs: 40});
  recorder.parked(start + 12_007);
  const last = recorder.record(shutdown('spindown'), start + 372_007);
  expect(last).toMatchObject({sequence: 3, invocation: 2, lastRequestId: 'b', parkedMs: 360_000, extensionMs: 7});
  expect(last).toMatchObject({requestId: 'N/A', shutdownReason: 'spindown', timestamp: '2026-01-01T00:06:12.007Z'});
  expect(last).not.toHaveProperty('cold');
});

test('a wall clock that is set back gives no negative times', () => {
  const recorder = setUp();
  recorder.parked(start);
  recorder.record(invoke('a'), start + 100);
  recorder.parked(start - 5_000);
  expect(recorder.record(shutdown('spindown'), start - 9_000)).toMatchObject({parkedMs: 0, extensionMs: 0});
});

test('a reset goes on counting, is cold again and blames no invocation of before', () => {
  const before = setUp();
  before.record(invoke('a'), start);
  before.record(shutdown('failure'), start + 10);
  const after = setUp(before.environment());
  const unused = setUp(before.environment());
  expect(after.record(invoke('b'), start + 20)).toMatchObject({generation: 2, sequence: 3, invocation: 2, cold: true});
  expect(unused.record(shutdown('spindown'), start + 20)).not.toHaveProperty('lastRequestId');
});

test.each<[unknown, unknown]>([
  [
    {eventType: 'INVOKE', requestId: 'a', deadlineMs: 5, tracing: {}},
    {eventType: 'INVOKE', requestId: 'a', deadlineMs: 5},
  ],
  [
    {eventType: 'SHUTDOWN', shutdownReason: 'SPINDOWN', deadlineMs: 5},
    {...shutdown('spindown'), deadlineMs: 5},
  ],
  [
    {eventType: 'SHUTDOWN', shutdownReason: 'failure\n[shutdown-notifier] Forged'},
    {
      ...shutdown('failure[shutdown-notifier]forged'),
      deadlineMs: Number.POSITIVE_INFINITY,
    },
  ],
  [
    {eventType: 'INVOKE', deadlineMs: 'soon'},
    {...invoke('unknown'), deadlineMs: Number.POSITIVE_INFINITY},
  ],
  [{eventType: 'RESTORE'}, undefined],
  [null, undefined],
  ['INVOKE', undefined],
  [[], undefined],
])('reads %j', (body, expected) => {
  expect(readEvent(body)).toEqual(expected);
});
