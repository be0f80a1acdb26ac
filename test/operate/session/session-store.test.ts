import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {type DeliveryMessage, message} from '../../../src/lifecycle/message.ts';
import {createSessionStore} from '../../../src/operate/session/session-store.ts';
import {eventMessage, logMessage, response} from '../fakes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const requestId = '7e8a3f10-0000-4000-8000-000000000001';
const startLine = {message: `START RequestId: ${requestId} Version: $LATEST`, requestId};

test('commits at most five times a second, whatever arrives, and always the last', () => {
  const store = createSessionStore();
  let commits = 0;
  store.subscribe(() => {
    commits += 1;
  });
  for (let n = 0; n < 200; n++) {
    store.add([logMessage()]);
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(200);
  expect(commits).toBeGreaterThan(3);
  expect(commits).toBeLessThanOrEqual(7);
  expect(store.getState().logs).toHaveLength(200);
  store.close();
});

test('a commit is a new object; what it held before does not change', () => {
  const store = createSessionStore();
  store.add([logMessage()]);
  store.flush();
  const before = store.getState();
  store.add([logMessage()]);
  store.flush();
  expect(before.logs).toHaveLength(1);
  expect(store.getState()).not.toBe(before);
  store.close();
});

test('joins a stream to its environment by START and INVOKE, whichever comes first, for all its lines', () => {
  for (const eventFirst of [true, false]) {
    const store = createSessionStore();
    const event = eventMessage({environmentId: 'env-1', requestId});
    const early = logMessage({message: 'before START'});
    store.add([early]);
    store.flush();
    if (eventFirst) store.add([event, logMessage(startLine)]);
    else {
      store.add([logMessage(startLine)]);
      store.flush();
      store.add([event]);
    }
    store.add([logMessage({message: 'later'}), logMessage({stream: 'stream-2'})]);
    store.flush();
    const {logs, environments} = store.getState();
    expect([...logs].map(log => log.environmentId)).toEqual(['env-1', 'env-1', 'env-1', undefined]);
    expect(environments.list[0]?.logStream).toBe('stream-1');
    store.close();
  }
});

test('a line that only claims a request id joins nothing', () => {
  const store = createSessionStore();
  store.add([
    eventMessage({environmentId: 'env-1', requestId}),
    logMessage({message: `I say START RequestId: ${requestId}`}),
  ]);
  store.flush();
  expect(store.getState().logs.at(0)?.environmentId).toBeUndefined();
  store.close();
});

test('late events go where their time puts them', () => {
  const store = createSessionStore();
  store.add([eventMessage({timestamp: '2026-11-21T12:00:05.000Z'})]);
  store.flush();
  store.add([eventMessage({timestamp: '2026-11-21T12:00:01.000Z', sequence: 2})]);
  store.flush();
  expect(store.getState().events.map(event => event.timestamp.slice(17, 19))).toEqual(['01', '05']);
  store.close();
});

test('a request keeps how it was sent, to be sent again', () => {
  const store = createSessionStore();
  store.requestSent(0, 1_000, {sleepMs: 200, via: 'invoke'});
  store.requestAnswered(0, response({status: 200}));
  store.flush();
  expect(store.getState().requests).toMatchObject([{key: 0, sleepMs: 200, via: 'invoke', status: 200}]);
  store.close();
});

test('requests: under way, answered, counted', () => {
  const store = createSessionStore();
  store.requestSent(0, 1_000);
  store.requestSent(1, 1_001);
  store.flush();
  expect(store.getState().requestCounts).toEqual({sent: 2, underWay: 2, failed: 0, cold: 0});
  store.requestAnswered(0, response({cold: true, environmentId: 'env-1'}));
  store.requestAnswered(1, response({status: 502, error: 'HTTP 502'}));
  store.flush();
  expect(store.getState().requestCounts).toEqual({sent: 2, underWay: 0, failed: 1, cold: 1});
  expect(store.getState().requests).toMatchObject([
    {key: 0, sentAt: 1_000, status: 200, environmentId: 'env-1'},
    {key: 1, sentAt: 1_001, status: 502, error: 'HTTP 502'},
  ]);
  store.close();
});

test('webhook deliveries are kept in order of their time', () => {
  const store = createSessionStore();
  const at = (second: number) =>
    message<DeliveryMessage>(
      {
        type: 'delivery',
        eventId: `${second}`,
        eventType: 'INVOKE',
        environmentId: 'e',
        requestId: 'r',
        status: 200,
        bytes: 9,
      },
      new Date(second * 1_000),
    );
  store.add([at(3)]);
  store.flush();
  store.add([at(1), at(5)]);
  store.flush();
  expect(store.getState().deliveries.map(({eventId}) => eventId)).toEqual(['1', '3', '5']);
  store.close();
});

test('figures of the requests come with the commit: latencies, traffic, who was ahead', () => {
  const store = createSessionStore();
  store.requestSent(0, 1_000);
  store.requestSent(1, 1_100);
  store.requestAnswered(0, response({latencyMs: 300, invocation: 4}));
  store.flush();
  const {requests, latencies, traffic} = store.getState();
  expect(requests.map(({ahead}) => ahead)).toEqual([0, 1]);
  expect(requests[0]).toMatchObject({invocation: 4});
  expect(latencies).toEqual({count: 1, p50Ms: 300, p95Ms: 300, newest: [300]});
  expect(traffic).toMatchObject({underWay: 1, at: 1_300});
  store.close();
});

test('a request that was forgotten before its answer is not under way for ever', () => {
  const store = createSessionStore();
  for (let key = 0; key <= 2_000; key++) store.requestSent(key, 1_000);
  for (let key = 0; key <= 2_000; key++) store.requestAnswered(key, response());
  store.flush();
  expect(store.getState().requests).toHaveLength(2_000);
  expect(store.getState().traffic.underWay).toBe(0);
  store.close();
});
