import {afterEach, expect, test} from 'vitest';
import {eventNow} from '../../../../src/local/lambda/telemetry/event.ts';
import {Subscriber} from '../../../../src/local/lambda/telemetry/subscriber.ts';
import type {Destination} from '../../../../src/local/lambda/telemetry/subscription-request.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';
import {eventually} from '../environment/lambda-bench.ts';
import {listenHttp, listenTcp} from './listener.ts';

const open: {close(): unknown}[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function track<One extends {close(): unknown}>(one: One): One {
  open.push(one);
  return one;
}

function subscribe(destination: Destination, types: ('platform' | 'function')[] = ['platform', 'function']) {
  const request = {
    api: 'Telemetry' as const,
    schemaVersion: '2022-07-01',
    types,
    destination,
    buffering: {maxItems: 1_000, maxBytes: 262_144, timeoutMs: 1},
  };
  const settings = {...defaultSettings.telemetry, retryMs: [1, 1], deliveryMs: 200};
  return track(new Subscriber(request, '127.0.0.1', settings));
}

const http = (port: number): Destination => ({protocol: 'HTTP', port, path: '/here?x=1', method: 'POST'});
const say = (text: string) => eventNow('function', text);
const brief = ({type, record}: {type: string; record: unknown}) => [type, record];
const dropped = (droppedRecords: number) => [
  'platform.logsDropped',
  {droppedRecords, droppedBytes: expect.any(Number), reason: expect.stringContaining('Consumer')},
];

test.each([500, 302, 0])('a consumer that answers %i loses events and is told so when it recovers', async status => {
  const listener = track(await listenHttp());
  listener.status = status;
  const subscriber = subscribe(http(listener.port));
  subscriber.take(say('lost'));
  await eventually(() => listener.requests.length === 3, 'three tries');
  expect(new Set(listener.requests)).toEqual(new Set(['POST /here?x=1 application/json']));
  // What is open is given up in its time; nothing more is tried.
  await subscriber.drain();
  listener.status = 204;
  subscriber.take(say('kept'));
  await eventually(() => listener.events.length === 2, 'the next events');
  expect(listener.events.map(brief)).toEqual([dropped(1), ['function', 'kept']]);
});

test('who did not ask for platform events is not told of losses', async () => {
  const listener = track(await listenHttp());
  const subscriber = subscribe(http(listener.port), ['function']);
  subscriber.miss(3, 100);
  subscriber.take(eventNow('platform.start', {}));
  subscriber.take(say('kept'));
  await eventually(() => listener.events.length === 1, 'the event');
  expect(listener.events.map(brief)).toEqual([['function', 'kept']]);
});

test('events come over TCP, line by line, also to a consumer that was away', async () => {
  const absent = await listenTcp();
  const {port} = absent;
  await absent.close();
  const subscriber = subscribe({protocol: 'TCP', port});
  subscriber.take(say('lost'));
  await subscriber.drain();
  const first = await listenTcp(port);
  subscriber.take(say('one\ntwo'));
  await eventually(() => first.events.length === 2, 'the first events');
  expect(first.events.map(brief)).toEqual([dropped(1), ['function', 'one\ntwo']]);
  await first.close();
  const second = track(await listenTcp(port));
  // What is written before the end of the first connection is noticed is lost without a word.
  const arrived = () => {
    subscriber.take(say('three'));
    return second.events.some(({record}) => record === 'three');
  };
  await eventually(arrived, 'events on a new connection');
});
