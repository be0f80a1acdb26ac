import {request as send} from 'node:http';
import {connect} from 'node:net';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createWebhook} from '../../../src/extension/shutdown-notifier/webhook.ts';
import {
  type Delivery,
  openWebhookReceiver,
  type WebhookReceiver,
} from '../../../src/operate/webhook/webhook-receiver.ts';
import {naming, numbers} from '../../support/seed.ts';
import {eventually} from '../fakes.ts';

const good = {
  timestamp: '2026-11-21T08:00:00.123Z',
  event_type: 'SHUTDOWN',
  function_name: 'lambda-target-demo',
  request_id: 'N/A',
  environment_id: '9f3c1a00-1111-4222-8333-444455556666',
  shutdown_reason: 'spindown',
  event_id: '7e8a3f10-0000-4000-8000-000000000001',
};

let receiver: WebhookReceiver;
let taken: Delivery[];
beforeEach(async () => {
  receiver = await openWebhookReceiver();
  taken = [];
  receiver.subscribe(delivery => taken.push(delivery));
});
afterEach(() => receiver.close());

type Sent = {method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer};

/** The status, 0 when the connection was ended without one. */
function post({method = 'POST', path, headers = {}, body = JSON.stringify(good)}: Sent = {}): Promise<number> {
  const url = new URL(receiver.url);
  return new Promise(resolve => {
    const request = send(
      {host: url.hostname, port: url.port, method, path: path ?? url.pathname, headers, agent: false},
      response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    request.on('error', () => resolve(0));
    request.end(body);
  });
}

test('takes what the extension itself sends, and tells it', async () => {
  const notify = createWebhook({url: receiver.url, local: true});
  expect(await notify(good, 5_000)).toBe(204);
  expect(taken).toEqual([
    {
      eventId: good.event_id,
      eventType: 'SHUTDOWN',
      environmentId: good.environment_id,
      requestId: 'N/A',
      status: 204,
      bytes: JSON.stringify(good).length,
      at: expect.any(Number),
    },
  ]);
  expect(receiver.counts()).toEqual({taken: 1, refused: 0});
});

test('one who comes later hears of the last thousand first', async () => {
  for (let n = 0; n < 3; n++) await post({body: JSON.stringify({...good, event_id: `event-${n}`})});
  const later: string[] = [];
  const unsubscribe = receiver.subscribe(({eventId}) => later.push(eventId));
  await post();
  unsubscribe();
  await post();
  expect(later).toEqual(['event-0', 'event-1', 'event-2', good.event_id]);
  expect(taken).toHaveLength(5);
});

describe('refuses', () => {
  const long = (length: number) => 'x'.repeat(length);
  test.each<[string, number, Sent]>([
    ['another path', 404, {path: '/'}],
    ['a path that goes on', 404, {path: '/guess/of/it'}],
    ['another method', 405, {method: 'PUT'}],
    ['a name that is not loopback', 403, {headers: {host: 'attacker.example'}}],
    ['a name that only begins like it', 403, {headers: {host: '127.0.0.1.attacker.example'}}],
    ['a web page', 403, {headers: {origin: 'http://127.0.0.1:8080'}}],
    ['no JSON', 400, {body: 'timestamp=1'}],
    ['JSON that is no object', 400, {body: '[1]'}],
    ['null', 400, {body: 'null'}],
    ['nothing', 400, {body: ''}],
    ['an unknown type of event', 422, {body: JSON.stringify({...good, event_type: 'DELETE'})}],
    ['a number for an id', 422, {body: JSON.stringify({...good, event_id: 7})}],
    ['an id without end', 422, {body: JSON.stringify({...good, environment_id: long(129)})}],
    ['a time that is none', 422, {body: JSON.stringify({...good, timestamp: '2026-99-99T00:00:00Z'})}],
    ['a missing member', 422, {body: JSON.stringify({...good, request_id: undefined})}],
    ['a member of the prototype', 422, {body: '{"__proto__": {"event_id": "e"}}'}],
    ['a length that is too large', 413, {headers: {'content-length': '70000'}, body: long(70_000)}],
    ['a body in pieces that is too large', 413, {headers: {'transfer-encoding': 'chunked'}, body: long(70_000)}],
  ])('%s with %i', async (_, status, sent) => {
    expect(await post(sent)).toBe(status);
    expect(receiver.counts()).toEqual({taken: 0, refused: 1});
    expect(taken).toEqual([]);
    expect(await post()).toBe(204);
  });
});

test('goes on whatever bytes come', async () => {
  const random = numbers();
  const {hostname, port, pathname} = new URL(receiver.url);
  const text = JSON.stringify(good);
  const pieces = [
    'POST ',
    pathname,
    ' HTTP/1.1\r\n',
    'Host: 127.0.0.1\r\n',
    'Content-Length: 9\r\n',
    '\r\n',
    text,
    '\u0000',
    '{"',
    '\x1b[2J',
  ];
  await naming({}, async () => {
    for (let round = 0; round < 150; round++) {
      const mutated = Buffer.from(text);
      for (let n = 0; n < 4; n++) mutated[Math.floor(random() * mutated.length)] = Math.floor(random() * 256);
      const status = await post({body: mutated});
      expect([204, 400, 422]).toContain(status);
      const raw = Array.from({length: 6}, () => pieces[Math.floor(random() * pieces.length)]).join('');
      await new Promise<void>(resolve => {
        const socket = connect(Number(port), hostname, () => socket.end(raw));
        socket.on('data', () => {});
        socket.on('error', () => resolve());
        socket.on('close', () => resolve());
      });
    }
  });
  expect(await post()).toBe(204);
  expect(taken.every(({eventId, environmentId}) => typeof eventId === 'string' && environmentId.length <= 128)).toBe(
    true,
  );
});

test('closes although somebody holds a connection and never ends', async () => {
  const {hostname, port} = new URL(receiver.url);
  const socket = connect(Number(port), hostname, () => socket.write('POST / HTTP/1.1\r\nHost: 127'));
  let ended = false;
  socket.on('error', () => {});
  socket.on('close', () => {
    ended = true;
  });
  await new Promise(resolve => socket.once('connect', resolve));
  await receiver.close();
  await receiver.close();
  await eventually(() => ended, 'the connection to end');
  expect(await post()).toBe(0);
});
