import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createClients} from '../../src/aws/clients.ts';
import {stackNames} from '../../src/aws/names.ts';
import {type LifecycleEvent, toItem} from '../../src/lifecycle/event.ts';
import type {SessionMessage} from '../../src/lifecycle/session-message.ts';
import {openSession} from '../../src/operate/open-session.ts';
import type {Session} from '../../src/operate/session-state.ts';
import {eventually, lifecycleEvent} from './fakes.ts';

const requestId = '7e8a3f10-0000-4000-8000-000000000001';

/** An endpoint that real clients talk to: a table, a log group, a function, and the demo's API. */
type World = {
  rows: LifecycleEvent[];
  lines: {eventId: string; timestamp: number; message: string; logStreamName: string}[];
  variables: Record<string, string>;
  failing: boolean;
  onUpdate: () => void;
};

let world: World;
let server: Server;
let session: Session | undefined;
let endpoint: string;

beforeEach(async () => {
  world = {rows: [], lines: [], variables: {KEPT: 'yes'}, failing: false, onUpdate: () => {}};
  server = createServer(async (request, answer) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const json = (value: unknown, status = 200, headers: Record<string, string> = {}): void => {
      answer.writeHead(status, {'content-type': 'application/x-amz-json-1.0', ...headers}).end(JSON.stringify(value));
    };
    if (operation === 'Query') {
      if (world.failing) return json({__type: 'AccessDeniedException', message: 'not for you'}, 400);
      const from = JSON.parse(body).ExpressionAttributeValues[':from'].S;
      return json({Items: world.rows.filter(row => row.timestamp >= from).map(toItem)});
    }
    if (operation === 'FilterLogEvents') {
      const mine = JSON.parse(body).logGroupName.includes('target');
      return json({events: mine ? world.lines : []});
    }
    if (request.url?.includes('/configuration')) {
      if (request.method === 'PUT') {
        world.variables = JSON.parse(body).Environment.Variables;
        world.onUpdate();
      }
      const LastModified = '2026-01-01T00:00:00.000+0000';
      return json({
        Environment: {Variables: world.variables},
        RevisionId: 'r',
        LastUpdateStatus: 'Successful',
        Timeout: 6,
        LastModified,
      });
    }
    if (request.url?.startsWith('/hello')) {
      answer.writeHead(200, {
        'x-lifecycle-environment': 'env-1',
        'x-lifecycle-invocation': '1',
        'x-lifecycle-cold': 'true',
      });
      return answer.end();
    }
    return json({}, 404);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await session?.close();
  session = undefined;
  server.close();
  server.closeAllConnections();
});

async function open(record?: (message: SessionMessage) => void): Promise<Session> {
  const target = {label: 'Local', region: 'us-east-1', endpoint};
  const names = stackNames('default', 'us-east-1');
  const clients = createClients(target);
  const idleWindow = {minMs: 18_000, maxMs: 22_000};
  session = await openSession({
    target,
    clients,
    names,
    apiUrl: `${endpoint}/hello`,
    idleWindow,
    ...(record && {record}),
  });
  return session;
}

const invoke = (given: Partial<LifecycleEvent> = {}): LifecycleEvent =>
  lifecycleEvent({environmentId: 'env-1', requestId, ...given});

test('an opened session already knows the environments of before', async () => {
  world.rows.push(invoke());
  const {getState} = await open();
  expect(getState().environments.list).toMatchObject([{id: 'env-1', state: 'invoke'}]);
  expect(getState().live).toBe(true);
});

test('what arrives is joined: events, lines of the stream, the end of the invocation, a forecast, the recording', async () => {
  const recorded: SessionMessage[] = [];
  const {getState} = await open(message => recorded.push(message));
  world.rows.push(invoke());
  const timestamp = Date.now();
  const line = (eventId: string, message: string) => ({eventId, timestamp, message, logStreamName: 's-1'});
  world.lines.push(
    line('1', `START RequestId: ${requestId} Version: $LATEST`),
    line('2', 'Target function invoked'),
    line(
      '3',
      `REPORT RequestId: ${requestId}\tDuration: 9.50 ms\tBilled Duration: 10 ms\tMemory Size: 256 MB\tMax Memory Used: 70 MB\tInit Duration: 180.10 ms`,
    ),
  );
  const state = await eventually(() => (getState().forecasts.size === 1 ? getState() : undefined), 'a forecast');
  expect(state.environments.list).toMatchObject([
    {state: 'idle', idleSource: 'report', initMs: 180.1, logStream: 's-1'},
  ]);
  expect(state.logs.map(log => log.environmentId)).toEqual(['env-1', 'env-1', 'env-1']);
  const {earlyMs, lateMs} = state.forecasts.get('env-1')!;
  expect(earlyMs).toBeGreaterThanOrEqual(18_000);
  expect(lateMs).toBeLessThanOrEqual(22_000);
  expect(new Set(recorded.map(message => message.type))).toEqual(new Set(['event', 'log', 'api', 'function']));
  expect(recorded.filter(message => message.type === 'api').map(call => call.operation)).not.toContain('Query');
});

test('no commit shows an idle environment without its forecast', async () => {
  const {getState, subscribe} = await open();
  const without: string[] = [];
  subscribe(() => {
    const {environments, forecasts} = getState();
    for (const {id, state} of environments.list) if (state === 'idle' && !forecasts.has(id)) without.push(id);
  });
  world.rows.push(invoke());
  const report = `REPORT RequestId: ${requestId}\tDuration: 9.50 ms\tBilled Duration: 10 ms\tMemory Size: 256 MB\tMax Memory Used: 70 MB`;
  world.lines.push({eventId: '1', timestamp: Date.now(), message: report, logStreamName: 's-1'});
  await eventually(() => getState().environments.list.some(({state}) => state === 'idle'), 'an idle environment');
  expect(without).toEqual([]);
});

test('fired requests are rows at once and end with what the answer said', async () => {
  const {getState, fire} = await open();
  const fired = fire({count: 3, concurrency: 1});
  expect(getState().requestCounts).toMatchObject({sent: 1, underWay: 1});
  await fired;
  const state = await eventually(() => (getState().requestCounts.underWay === 0 ? getState() : undefined), 'answers');
  expect(state.requests).toMatchObject(Array(3).fill({status: 200, environmentId: 'env-1', cold: true}));
});

test('forcing SHUTDOWN: progress from the order to the last event, other variables kept', async () => {
  world.rows.push(invoke());
  const {getState, forceShutdown} = await open();
  world.onUpdate = () => {
    world.rows.push(invoke({eventType: 'SHUTDOWN', shutdownReason: 'spindown', sequence: 2, requestId: 'N/A'}));
  };
  const forced = forceShutdown({how: 'update', waitMs: 5_000});
  expect(getState().shutdown).toMatchObject({expected: ['env-1'], seen: [], finished: false});
  expect(await forced).toMatchObject({
    ok: true,
    shutdowns: [{environmentId: 'env-1', reason: 'spindown'}],
    missing: [],
  });
  expect(getState().shutdown).toMatchObject({finished: true, seen: [{environmentId: 'env-1'}]});
  expect(getState().environments.list).toMatchObject([{state: 'gone'}]);
  expect(world.variables).toMatchObject({KEPT: 'yes', LIFECYCLE_GENERATION: expect.any(String)});
});

test('failed reads are said in words, tried again, and forgotten once they work', async () => {
  const {getState} = await open();
  world.failing = true;
  await eventually(() => !getState().live, 'the failure');
  expect(getState().problem).toContain('Reading the table failed: AccessDeniedException: not for you');
  world.failing = false;
  await eventually(() => getState().live, 'the recovery');
  expect(getState()).not.toHaveProperty('problem');
  expect(getState().notices).toHaveLength(1);
});
