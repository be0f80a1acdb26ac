import {createServer, type RequestListener, type Server} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import type {LambdaClient} from '@aws-sdk/client-lambda';
import {afterEach, expect, test} from 'vitest';
import type {ResponseMessage} from '../../../src/lifecycle/message.ts';
import {type FireOptions, fireRequests} from '../../../src/operate/requests/fire.ts';
import {awsError, eventually, fakeClient} from '../fakes.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<{url: string; sockets: Set<Socket>}> {
  const sockets = new Set<Socket>();
  const server = createServer(listener);
  server.on('connection', socket => sockets.add(socket));
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod/hello`, sockets};
}

const noLambda = fakeClient<LambdaClient>({}).client;

async function fire(options: Partial<FireOptions> & Pick<FireOptions, 'apiUrl' | 'request'>) {
  const responses: ResponseMessage[] = [];
  const totals = await fireRequests({
    lambda: noLambda,
    functionName: 'lambda-target-demo',
    onResponse: response => responses.push(response),
    ...options,
  });
  return {totals, responses};
}

test('keeps to the concurrency, reuses connections, and reads the facts of each answer', async () => {
  let underWay = 0;
  let most = 0;
  const urls = new Set<string>();
  const {url, sockets} = await serve((request, answer) => {
    underWay += 1;
    most = Math.max(most, underWay);
    urls.add(request.url!);
    setTimeout(() => {
      underWay -= 1;
      answer.writeHead(200, {
        'x-lifecycle-environment': 'env-1',
        'x-lifecycle-invocation': '7',
        'x-lifecycle-cold': 'true',
        'x-lifecycle-init-ms': '181',
        'x-lifecycle-log-stream': 'stream-1',
      });
      answer.end('<html>');
    }, 10);
  });
  const {totals, responses} = await fire({apiUrl: url, request: {count: 9, concurrency: 3, sleepMs: 250}});
  expect(totals).toEqual({sent: 9, failed: 0, cold: 9});
  expect(most).toBe(3);
  expect(sockets.size).toBe(3);
  expect([...urls]).toEqual(['/prod/hello?sleepMs=250']);
  expect(responses[0]).toMatchObject({
    status: 200,
    environmentId: 'env-1',
    invocation: 7,
    cold: true,
    initMs: 181,
    logStream: 'stream-1',
  });
});

test('errors and missing answers are responses too', async () => {
  const {url} = await serve((_, answer) => answer.writeHead(429).end());
  const limited = await fire({apiUrl: url, request: {count: 2, concurrency: 1}});
  expect(limited.totals.failed).toBe(2);
  expect(limited.responses[0]).toMatchObject({status: 429, error: 'HTTP 429'});
  const {url: broken} = await serve(request => request.socket.destroy());
  const {responses} = await fire({apiUrl: broken, request: {count: 1, concurrency: 1}});
  expect(responses[0]).toMatchObject({status: 0, error: expect.any(String)});
});

test('an abort cancels what is under way and sends no more', async () => {
  let received = 0;
  const {url} = await serve(() => {
    received += 1;
  });
  const stop = new AbortController();
  const done = fire({apiUrl: url, request: {count: 100, concurrency: 2}, signal: stop.signal});
  await eventually(() => received === 2, 'two requests');
  stop.abort();
  const {totals, responses} = await done;
  expect(totals.sent).toBe(2);
  expect(responses.map(response => response.error)).toEqual(['cancelled', 'cancelled']);
  expect(received).toBe(2);
});

test('headers that make no sense are left out', async () => {
  const {url} = await serve((_, answer) =>
    answer.writeHead(200, {'x-lifecycle-invocation': 'many', 'x-lifecycle-cold': 'perhaps'}).end(),
  );
  const {responses} = await fire({apiUrl: url, request: {count: 1, concurrency: 1}});
  expect(responses[0]).not.toHaveProperty('invocation');
  expect(responses[0]).not.toHaveProperty('cold');
});

test('direct Invokes read the facts from the payload and the request id from the answer', async () => {
  const payload = {statusCode: 200, headers: {'X-Lifecycle-Environment': 'env-2', 'x-lifecycle-cold': 'false'}};
  const {client, calls} = fakeClient<LambdaClient>({
    Invoke: (_, call) => {
      if (call === 2) throw awsError('TooManyRequestsException', 'Rate Exceeded.');
      return {StatusCode: 200, Payload: Buffer.from(JSON.stringify(payload)), $metadata: {requestId: 'r-1'}};
    },
  });
  const request = {count: 2, concurrency: 1, sleepMs: 9, via: 'invoke'} as const;
  const {responses, totals} = await fire({apiUrl: 'http://127.0.0.1:1', lambda: client, request});
  expect(responses[0]).toMatchObject({status: 200, environmentId: 'env-2', cold: false, requestId: 'r-1'});
  expect(responses[1]).toMatchObject({status: 400, error: 'Rate Exceeded.'});
  expect(totals).toEqual({sent: 2, failed: 1, cold: 0});
  expect(JSON.parse(new TextDecoder().decode(calls[0]!.input.Payload as Uint8Array))).toEqual({sleepMs: 9});
});

test('with a rate it sends on the beat, skips what finds all slots under way, and stops without cancelling', async () => {
  const waiting: (() => void)[] = [];
  const {url} = await serve((_, answer) => {
    waiting.push(() => answer.writeHead(200).end());
  });
  const stop = new AbortController();
  let skipped = 0;
  const request = {count: Number.POSITIVE_INFINITY, concurrency: 2, rate: 50};
  const done = fire({apiUrl: url, request, stop: stop.signal, onSkipped: () => skipped++});
  await eventually(() => waiting.length === 2 && skipped >= 3, 'both slots and beats beyond them');
  stop.abort();
  for (const answer of waiting) answer();
  const {totals, responses} = await done;
  expect(totals).toEqual({sent: 2, failed: 0, cold: 0});
  expect(responses.map(({status}) => status)).toEqual([200, 200]);
});
