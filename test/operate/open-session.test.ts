import {afterEach, beforeEach, expect, test} from 'vitest';
import type {LifecycleEvent} from '../../src/lifecycle/event.ts';
import type {SessionMessage} from '../../src/lifecycle/session-message.ts';
import {openSession} from '../../src/operate/open-session.ts';
import type {Session} from '../../src/operate/session-state.ts';
import {type FakeEndpoint, openFakeEndpoint} from './fake-endpoint.ts';
import {eventually, lifecycleEvent} from './fakes.ts';

const requestId = '7e8a3f10-0000-4000-8000-000000000001';

let world: FakeEndpoint;
let session: Session | undefined;

beforeEach(async () => {
  world = await openFakeEndpoint();
});

afterEach(async () => {
  await session?.close();
  session = undefined;
  world.close();
});

async function open(record?: (message: SessionMessage) => void): Promise<Session> {
  const idleWindow = {minMs: 18_000, maxMs: 22_000};
  session = await openSession({...world.session, idleWindow, ...(record && {record})});
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
