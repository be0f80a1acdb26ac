import {mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {toItem} from '../../src/lifecycle/event.ts';
import {type ExtensionProcess, startExtension, unpackExtension} from './extension-process.ts';
import {lifecycleEvent} from './lifecycle-event.ts';
import {type Listening, listen, readText} from './listening.ts';
import {type Platform, startPlatform} from './platform.ts';
import {startTableServer, type TableServer, tableSecret} from './table-server.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let layer: Awaited<ReturnType<typeof unpackExtension>>;
let platform: Platform;
let table: TableServer;
let folder: string;
let running: ExtensionProcess[] = [];
let servers: Listening[] = [];

beforeAll(async () => {
  layer = await unpackExtension();
});
afterAll(() => layer.remove());

beforeEach(async () => {
  platform = await startPlatform();
  table = await startTableServer();
  folder = await mkdtemp(join(tmpdir(), 'environment-'));
});
afterEach(async () => {
  for (const {child} of running) child.kill('SIGKILL');
  await Promise.all(running.map(({ended}) => ended));
  await Promise.all([platform, table, ...servers].map(server => server.close()));
  await rm(folder, {recursive: true, force: true});
  running = [];
  servers = [];
});

function start(variables: Record<string, string> = {}): ExtensionProcess {
  const extension = startExtension(layer.file, {
    AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${platform.port}`,
    AWS_LAMBDA_FUNCTION_NAME: 'stand-in',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: tableSecret,
    AWS_SESSION_TOKEN: 'token',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${table.port}`,
    LIFECYCLE_TABLE: 'events',
    TMPDIR: folder,
    ...variables,
  });
  running.push(extension);
  return extension;
}

const events = () => table.puts.map(put => put.event);

describe('a life without trouble', () => {
  test('writes every event once, in the texts and attributes that are promised', async () => {
    const extension = start({LIFECYCLE_TTL_SECONDS: '86400'});
    await platform.invoke('request-1');
    await platform.invoke('request-2');
    const sentAt = Date.now();
    await platform.shutdown('SPINDOWN');
    const {code, at} = await extension.ended;
    expect(code).toBe(0);
    expect(at - sentAt).toBeLessThan(1_800);
    expect(platform.registers).toEqual([{name: 'shutdown-notifier', events: ['INVOKE', 'SHUTDOWN']}]);
    expect(extension.lines()).toEqual([
      'Starting',
      expect.stringMatching(/^Registered with ID: [0-9a-f-]{36}$/),
      'Event: INVOKE',
      'Wrote to DynamoDB: INVOKE',
      'Event: INVOKE',
      'Wrote to DynamoDB: INVOKE',
      'Event: SHUTDOWN',
      'SHUTDOWN! Reason: spindown',
      'Wrote to DynamoDB: SHUTDOWN',
    ]);
    const [first, second, last] = events();
    const common = {
      eventId: expect.stringMatching(uuid),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      writtenAt: expect.any(String),
      functionName: 'stand-in',
      functionVersion: '$LATEST',
      environmentId: expect.stringMatching(uuid),
      environmentStartedAt: first?.environmentStartedAt,
      generation: 1,
      initType: 'on-demand',
      ttl: expect.any(Number),
    };
    expect([first, second, last]).toEqual([
      {
        ...common,
        ...{eventType: 'INVOKE', requestId: 'request-1', shutdownReason: 'N/A'},
        ...{sequence: 1, invocation: 1, cold: true},
      },
      {
        ...common,
        ...{eventType: 'INVOKE', requestId: 'request-2', shutdownReason: 'N/A'},
        ...{sequence: 2, invocation: 2, cold: false, extensionMs: expect.any(Number)},
      },
      {
        ...common,
        ...{eventType: 'SHUTDOWN', requestId: 'N/A', shutdownReason: 'spindown', lastRequestId: 'request-2'},
        ...{sequence: 3, invocation: 2, parkedMs: expect.any(Number), extensionMs: expect.any(Number)},
      },
    ]);
    expect(new Set(events().map(event => event.environmentId)).size).toBe(1);
    expect(new Set(events().map(event => event.eventId)).size).toBe(3);
    expect((last?.ttl ?? 0) - Math.floor(Date.parse(last?.timestamp ?? '') / 1_000)).toBe(86_400);
    expect(table.puts[0]).toMatchObject({
      table: 'events',
      headers: {
        'x-amz-target': 'DynamoDB_20120810.PutItem',
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-security-token': 'token',
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-west-1\/dynamodb\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/,
        ),
      },
    });
  });

  test('on Lambda Managed Instances it asks for SHUTDOWN only', async () => {
    start({AWS_LAMBDA_INITIALIZATION_TYPE: 'lambda-managed-instances'});
    await platform.parked(1);
    expect(platform.registers[0]?.events).toEqual(['SHUTDOWN']);
  });

  test('an environment that is never used still leaves its SHUTDOWN', async () => {
    const extension = start();
    await platform.shutdown('spindown');
    await extension.ended;
    expect(events()).toMatchObject([{eventType: 'SHUTDOWN', sequence: 1, invocation: 0}]);
    expect(events()[0]).not.toHaveProperty('lastRequestId');
  });

  test('a connection that is in use is kept between events, SHUTDOWN opens its own', async () => {
    const extension = start();
    await platform.invoke('request-1');
    await platform.invoke('request-2');
    expect(table.sockets).toBe(1);
    await platform.shutdown('spindown');
    await extension.ended;
    expect(table.sockets).toBe(2);
  });
});

describe('trouble with the Extensions API', () => {
  test('a parked `next` that is cut is asked again, and no event is counted', async () => {
    start();
    await platform.cut();
    await platform.invoke('request-1');
    expect(events()).toMatchObject([{sequence: 1, requestId: 'request-1', cold: true}]);
  });

  test('a refused registration ends it at once, with the reason: Lambda starts the environment again', async () => {
    platform.refuseWith = 403;
    const extension = start();
    expect((await extension.ended).code).toBe(1);
    expect(extension.lines().at(-1)).toMatch(/^Giving up: HTTP 403: .*Extension\.RegistrationClosed/);
    expect(platform.registers).toHaveLength(1);
  });

  test('an event that was not asked for is passed over', async () => {
    const extension = start();
    await platform.invoke('request-1', {eventType: 'RESTORE'});
    await platform.invoke('request-2');
    expect(events()).toMatchObject([{sequence: 1, requestId: 'request-2'}]);
    expect(extension.child.exitCode).toBeNull();
  });
});

describe('trouble with the table', () => {
  test('throttled: queued, and written with its own time at the next event', async () => {
    table.replies = ['throttle', 'throttle', 'throttle'];
    const extension = start();
    await platform.invoke('request-1');
    expect(extension.lines().slice(2)).toEqual(['Event: INVOKE', 'Queued: INVOKE (Throttling)']);
    await platform.invoke('request-2');
    expect(extension.lines().slice(4)).toEqual(['Event: INVOKE', 'Wrote to DynamoDB: INVOKE', 'Retried: INVOKE']);
    const [second, first] = events();
    expect([first?.sequence, second?.sequence]).toEqual([1, 2]);
    expect(Date.parse(first?.timestamp ?? '')).toBeLessThanOrEqual(Date.parse(second?.timestamp ?? ''));
    expect(Date.parse(first?.writtenAt ?? '')).toBeGreaterThanOrEqual(Date.parse(second?.timestamp ?? ''));
  });

  test('down until SHUTDOWN: its own item goes first, then the queue', async () => {
    table.reply = 'fail';
    const extension = start();
    await platform.invoke('request-1');
    await platform.invoke('request-2');
    expect(extension.lines()).toContain('Queued: INVOKE (InternalServerError)');
    table.reply = 'ok';
    await platform.shutdown('spindown');
    expect((await extension.ended).code).toBe(0);
    expect(events()[0]?.eventType).toBe('SHUTDOWN');
    expect(
      events()
        .map(event => event.sequence)
        .sort(),
    ).toEqual([1, 2, 3]);
  });

  test('nobody listens: SHUTDOWN ends within its budget and says what is lost', async () => {
    const {port} = table;
    await table.close();
    const extension = start({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
    });
    await platform.invoke('request-1');
    expect(extension.lines()).toContain('Queued: INVOKE (ECONNREFUSED)');
    const sentAt = Date.now();
    await platform.shutdown('spindown');
    const {code, at} = await extension.ended;
    expect(code).toBe(0);
    expect(at - sentAt).toBeLessThan(1_900);
    expect(extension.lines().slice(-3)).toEqual([
      'Dropped: INVOKE (ECONNREFUSED)',
      'Dropped: SHUTDOWN (ECONNREFUSED)',
      'Dropped in all: 2',
    ]);
  });

  test('an item that is refused as invalid is not tried again', async () => {
    table.replies = ['refuse'];
    const extension = start();
    await platform.invoke('request-1');
    await platform.invoke('request-2');
    expect(extension.lines()).toContain('Dropped: INVOKE (ValidationException)');
    expect(table.attempts).toBe(2);
  });

  test('a table that never answers holds neither INVOKE nor SHUTDOWN beyond their budgets', async () => {
    table.reply = 'hang';
    const extension = start();
    await platform.parked(1);
    const invokedAt = Date.now();
    await platform.invoke('request-1');
    expect(Date.now() - invokedAt).toBeLessThan(2_500);
    expect(extension.lines()).toContain('Queued: INVOKE (timeout)');
    const shortAt = Date.now();
    await platform.invoke('request-2', {deadlineMs: Date.now() + 500});
    expect(Date.now() - shortAt).toBeLessThan(1_000);
    const sentAt = Date.now();
    await platform.shutdown('spindown');
    const {code, at} = await extension.ended;
    expect(code).toBe(0);
    expect(at - sentAt).toBeLessThan(1_900);
  });

  test('a connection that died unnoticed does not cost the SHUTDOWN event', async () => {
    const extension = start();
    await platform.invoke('request-1');
    table.goSilent();
    const sentAt = Date.now();
    await platform.shutdown('spindown');
    const {at} = await extension.ended;
    expect(at - sentAt).toBeLessThan(1_100);
    expect(events().map(event => event.eventType)).toEqual(['INVOKE', 'SHUTDOWN']);
  });

  test('a refusal that may pass, like that of a new role, is queued', async () => {
    const extension = start({AWS_SECRET_ACCESS_KEY: 'another'});
    await platform.invoke('request-1');
    expect(extension.lines()).toContain('Queued: INVOKE (InvalidSignatureException)');
  });

  test('a connection that was reset in a freeze does not cost the next INVOKE', async () => {
    const extension = start();
    await platform.invoke('request-1');
    extension.child.kill('SIGSTOP');
    table.reset();
    const invoked = platform.invoke('request-2');
    extension.child.kill('SIGCONT');
    await invoked;
    expect(extension.lines().slice(-2)).toEqual(['Event: INVOKE', 'Wrote to DynamoDB: INVOKE']);
    expect(events().map(event => event.requestId)).toEqual(['request-1', 'request-2']);
  });

  test('a kept connection that ends with the request is replaced, a fresh one is not', async () => {
    table.replies = ['ok', 'drop', 'ok'];
    const extension = start();
    await platform.invoke('request-1');
    await platform.invoke('request-2');
    expect(extension.lines().slice(-2)).toEqual(['Event: INVOKE', 'Wrote to DynamoDB: INVOKE']);
    expect(table.attempts).toBe(3);
    await platform.shutdown('spindown');
    await extension.ended;
    table.replies = ['drop', 'drop', 'drop'];
    const next = start();
    await platform.invoke('request-3');
    expect(next.lines().at(-1)).toBe('Queued: INVOKE (ECONNRESET)');
    expect(table.attempts).toBe(7);
  });

  test('without a table it says so and goes on', async () => {
    const extension = start({LIFECYCLE_TABLE: ''});
    await platform.invoke('request-1');
    expect(extension.lines()).toContain('Dropped: INVOKE (LIFECYCLE_TABLE is not set)');
  });
});

describe('the webhook', () => {
  async function startWebhook(answer: (body: string) => number | 'hang', location?: string) {
    const bodies: string[] = [];
    const server = await listen(
      createServer((request, response) => {
        void readText(request).then(text => {
          bodies.push(text);
          const status = answer(text);
          if (status === 'hang') return;
          response.writeHead(status, location ? {location} : {});
          response.end('x'.repeat(100_000));
        });
      }),
    );
    servers.push(server);
    return {bodies, url: `http://127.0.0.1:${server.port}/hook`};
  }

  test('is sent each event beside the table', async () => {
    const hook = await startWebhook(() => 200);
    const extension = start({LIFECYCLE_WEBHOOK_URL: hook.url});
    await platform.invoke('request-1');
    await platform.shutdown('spindown');
    await extension.ended;
    expect(extension.lines()).toEqual(
      expect.arrayContaining([
        'Sending: INVOKE',
        expect.stringMatching(/^Sent: INVOKE 200 in \d+ ms$/),
        'Sending: SHUTDOWN',
      ]),
    );
    const [invoke, shutdown] = events();
    expect(hook.bodies.map(body => JSON.parse(body))).toEqual([
      {
        timestamp: invoke?.timestamp,
        event_type: 'INVOKE',
        function_name: 'stand-in',
        request_id: 'request-1',
        environment_id: invoke?.environmentId,
        shutdown_reason: 'N/A',
        event_id: invoke?.eventId,
      },
      expect.objectContaining({event_type: 'SHUTDOWN', shutdown_reason: 'spindown', event_id: shutdown?.eventId}),
    ]);
  });

  test('one that hangs is given up, and the table has its item at once', async () => {
    const hook = await startWebhook(() => 'hang');
    const extension = start({LIFECYCLE_WEBHOOK_URL: hook.url});
    await platform.parked(1);
    const invokedAt = Date.now();
    await platform.invoke('request-1');
    expect(Date.now() - invokedAt).toBeLessThan(2_000);
    expect(extension.lines()).toContain('Webhook failed: INVOKE timeout');
    const sentAt = Date.now();
    await platform.shutdown('spindown');
    const {at} = await extension.ended;
    expect(at - sentAt).toBeLessThan(1_800);
    expect(extension.lines().slice(-2)).toEqual(['Wrote to DynamoDB: SHUTDOWN', 'Webhook failed: SHUTDOWN timeout']);
  });

  test('redirects are refused', async () => {
    const target = await startWebhook(() => 200);
    const hook = await startWebhook(() => 307, target.url);
    const extension = start({LIFECYCLE_WEBHOOK_URL: hook.url});
    await platform.invoke('request-1');
    expect(extension.lines()).toContain('Webhook failed: INVOKE HTTP 307 (redirects are refused)');
    expect(target.bodies).toEqual([]);
  });

  test('a name that leads to a private address is refused when it connects', async () => {
    const hook = await startWebhook(() => 200);
    const url = hook.url.replace('http://127.0.0.1', 'https://localhost');
    // An endpoint that is not on this machine: the rules of AWS.
    const extension = start({LIFECYCLE_WEBHOOK_URL: url, AWS_ENDPOINT_URL: 'http://192.0.2.1:9'});
    await platform.invoke('request-1', {deadlineMs: Date.now() + 700});
    expect(extension.lines()).toContain('Webhook failed: INVOKE private address');
    expect(extension.lines().join('\n')).not.toContain('/hook');
  });
});

describe('what outlives a reset', () => {
  const file = () => join(folder, 'lifecycle-environment.json');

  test('the environment goes on in its next generation', async () => {
    const first = start();
    await platform.invoke('request-1');
    await platform.shutdown('timeout');
    await first.ended;
    const second = start();
    await platform.invoke('request-2');
    await platform.shutdown('spindown');
    await second.ended;
    expect(events()).toMatchObject([
      {generation: 1, sequence: 1, invocation: 1, cold: true},
      {generation: 1, sequence: 2, invocation: 1, shutdownReason: 'timeout', lastRequestId: 'request-1'},
      {generation: 2, sequence: 3, invocation: 2, cold: true},
      {generation: 2, sequence: 4, invocation: 2, lastRequestId: 'request-2'},
    ]);
    expect(new Set(events().map(({environmentId, environmentStartedAt: at}) => environmentId + at)).size).toBe(1);
  });

  test('what the table refused before a reset is written after it', async () => {
    table.reply = 'throttle';
    const first = start();
    await platform.invoke('request-1');
    await platform.shutdown('timeout');
    await first.ended;
    expect(first.lines().slice(-2)).toEqual(['Queued: INVOKE (Throttling)', 'Queued: SHUTDOWN (Throttling)']);
    table.reply = 'ok';
    const second = start();
    await platform.invoke('request-2');
    const [own, ...retried] = second.lines().slice(-3);
    expect(own).toBe('Wrote to DynamoDB: INVOKE');
    // They go out together: which answer comes first is the table's business.
    expect(retried.toSorted()).toEqual(['Retried: INVOKE', 'Retried: SHUTDOWN']);
    expect(events().map(({generation, sequence}) => [generation, sequence])).toEqual(
      expect.arrayContaining([
        [1, 1],
        [1, 2],
        [2, 3],
      ]),
    );
    expect(await readdir(folder)).toEqual(['lifecycle-environment.json']);
  });

  test('a queue that someone else wrote is not believed', async () => {
    await writeFile(file(), stored({}));
    const foreign = toItem(lifecycleEvent({environmentId: '11111111-1111-4111-8111-111111111111'}));
    await writeFile(join(folder, 'lifecycle-queue.json'), JSON.stringify([foreign, {eventId: 1}, null, 'x']));
    start();
    await platform.invoke('request-1');
    expect(events()).toMatchObject([{generation: 4, sequence: 4, requestId: 'request-1'}]);
  });

  test('a killed extension leaves no gap and no number twice', async () => {
    const first = start();
    await platform.invoke('request-1');
    first.child.kill('SIGKILL');
    await first.ended;
    await platform.close();
    platform = await startPlatform();
    start();
    await platform.invoke('request-2');
    expect(events()).toMatchObject([{sequence: 1}, {sequence: 2, generation: 2, invocation: 2}]);
  });

  test('the file is there before the first `next`', async () => {
    start();
    await platform.parked(1);
    expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual({
      environmentId: expect.stringMatching(uuid),
      environmentStartedAt: expect.any(String),
      generation: 1,
      invocation: 0,
      sequence: 0,
    });
  });

  test.each<[string, () => Promise<unknown>]>([
    ['no JSON', () => writeFile(file(), '{"environmentId":')],
    ['JSON of another kind', () => writeFile(file(), '[1,2,3]')],
    ['values of the wrong type', () => writeFile(file(), '{"environmentId":"<script>","sequence":"1e99"}')],
    ['a number that cannot be counted on', () => writeFile(file(), stored({sequence: 2 ** 60}))],
    ['a negative number', () => writeFile(file(), stored({generation: -1}))],
    ['far too long', () => writeFile(file(), stored({padding: 'x'.repeat(10_000)}))],
    ['a link', () => symlink('/etc/hostname', file())],
    ['a folder with something in it', () => mkdir(join(file(), 'inner'), {recursive: true})],
  ])('a hostile file: %s', async (_, prepare) => {
    await prepare();
    const extension = start();
    await platform.invoke('request-1');
    await platform.shutdown('spindown');
    expect((await extension.ended).code).toBe(0);
    expect(events()).toMatchObject([
      {environmentId: expect.stringMatching(uuid), generation: 1, sequence: 1},
      {generation: 1, sequence: 2},
    ]);
  });

  function stored(changes: object): string {
    return JSON.stringify({
      environmentId: '00000000-0000-4000-8000-000000000000',
      environmentStartedAt: '2026-01-01T00:00:00.000Z',
      generation: 3,
      invocation: 3,
      sequence: 3,
      ...changes,
    });
  }
});
