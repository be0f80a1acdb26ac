import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {LifecycleEvent} from '../../../src/lifecycle/event.ts';
import type {SessionMessage} from '../../../src/lifecycle/session-message.ts';
import {openSession} from '../../../src/operate/session/open-session.ts';
import type {FireProgress, Session} from '../../../src/operate/session/session-state.ts';
import type {Delivery} from '../../../src/operate/webhook/webhook-receiver.ts';
import {type FakeEndpoint, openFakeEndpoint} from '../fake-endpoint.ts';
import {eventually, lifecycleEvent} from '../fakes.ts';

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

async function open(
  record?: (message: SessionMessage) => void,
  more: Pick<Parameters<typeof openSession>[0], 'observationFolder' | 'deliveries'> = {},
): Promise<Session> {
  const idleWindow = {minMs: 18_000, maxMs: 22_000};
  session = await openSession({...world.session, idleWindow, ...more, ...(record && {record})});
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
  expect([...state.logs].map(log => log.environmentId)).toEqual(['env-1', 'env-1', 'env-1']);
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

/** Its REPORT, 10 ms after the INVOKE with that request id. */
function reported(event: LifecycleEvent): void {
  const report = `REPORT RequestId: ${event.requestId}\tDuration: 9.50 ms\tBilled Duration: 10 ms\tMemory Size: 256 MB\tMax Memory Used: 70 MB`;
  const timestamp = Date.parse(event.timestamp) + 10;
  world.lines.push({eventId: event.requestId, timestamp, message: report, logStreamName: event.environmentId});
}

test('forcing SHUTDOWN ten times does not move the window, nor count in the score', async () => {
  const {getState, forceShutdown} = await open();
  const events = Array.from({length: 11}, (_, round) =>
    invoke({environmentId: `env-${round}`, requestId: requestId.replace(/\d\d$/, String(10 + round))}),
  );
  // A line may come before the event it belongs to: none of the rounds has to wait for the logs.
  for (const event of events) reported(event);
  world.rows.push(events[0]!);
  const idle = (id: string) => getState().environments.list.find(one => one.id === id)?.state === 'idle';
  const before = await eventually(() => idle('env-0') && getState().expectation, 'a forecast');
  for (let round = 0; round < 10; round += 1) {
    await eventually(() => idle(`env-${round}`), `an idle environment, round ${round}`);
    world.onUpdate = () => {
      const gone = {environmentId: `env-${round}`, sequence: 2, requestId: 'N/A'};
      world.rows.push(invoke({...gone, eventType: 'SHUTDOWN', shutdownReason: 'spindown'}));
      world.rows.push(events[round + 1]!);
    };
    expect(await forceShutdown({how: 'update', waitMs: 5_000})).toMatchObject({ok: true});
  }
  const {environments, expectation, scores} = getState();
  expect(environments.list.filter(({state}) => state === 'gone')).toHaveLength(10);
  expect(expectation).toEqual(before);
  expect(scores.session).toEqual({hits: 0, of: 0});
});

test('a natural SHUTDOWN is scored, kept, and known to the next session', async () => {
  const root = await mkdtemp(join(tmpdir(), 'lifecycle-session-'));
  const observationFolder = join(root, 'observations');
  try {
    const first = await open(undefined, {observationFolder});
    const event = invoke();
    world.rows.push(event);
    reported(event);
    await eventually(() => first.getState().forecasts.has('env-1'), 'its forecast');
    // Twenty seconds on, by the clock of whoever wrote it.
    const timestamp = new Date(Date.parse(event.timestamp) + 20_010).toISOString();
    const environmentStartedAt = event.environmentStartedAt;
    world.rows.push(
      invoke({timestamp, environmentStartedAt, eventType: 'SHUTDOWN', shutdownReason: 'spindown', sequence: 2}),
    );
    const score = {verdict: 'hit', earlyMs: 18_000, lateMs: 22_000, cameMs: 20_000};
    await eventually(() => first.getState().scores.byEnvironment.has('env-1'), 'its score');
    expect(first.getState().scores.byEnvironment.get('env-1')).toEqual(score);
    expect(first.getState().scores.session).toEqual({hits: 1, of: 1});
    await first.close();
    expect(await readdir(observationFolder)).toEqual(['local-18000-22000.json']);
    const recorded: SessionMessage[] = [];
    const second = await open(message => recorded.push(message), {observationFolder});
    await eventually(() => second.getState().scores.all.of > 0, 'the score of before');
    expect(second.getState().scores).toMatchObject({session: {hits: 0, of: 0}, all: {hits: 1, of: 1}});
    expect(recorded.filter(({type}) => type === 'earlier')).toMatchObject([{teaches: false}]);
  } finally {
    await session?.close();
    await rm(root, {recursive: true, force: true});
  }
});

test('what the webhook receiver takes is in the state, and nobody listens after the end', async () => {
  const listeners = new Set<(delivery: Delivery) => void>();
  const {getState, close} = await open(undefined, {
    deliveries: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const facts = {
    eventId: 'e-1',
    eventType: 'INVOKE',
    environmentId: 'env-1',
    requestId,
    status: 204,
    bytes: 281,
  } as const;
  for (const listener of listeners) listener({...facts, at: Date.now()});
  const {deliveries} = await eventually(
    () => (getState().deliveries.length > 0 ? getState() : undefined),
    'a delivery',
  );
  expect(deliveries).toMatchObject([{type: 'delivery', ...facts}]);
  await close();
  expect(listeners.size).toBe(0);
});

test('a run of requests tells how far it is', async () => {
  const {fire} = await open();
  const told: FireProgress[] = [];
  await fire({count: 3, concurrency: 1}, {onProgress: progress => told.push(progress)});
  expect(told.map(({sent, answered}) => `${answered} of ${sent}`)).toEqual([
    '0 of 1',
    '1 of 1',
    '1 of 2',
    '2 of 2',
    '2 of 3',
    '3 of 3',
  ]);
  expect(told.at(-1)).toEqual({sent: 3, answered: 3, skipped: 0, failed: 0, cold: 3});
});

test('a forced SHUTDOWN that is given up says so in the state', async () => {
  world.rows.push(invoke());
  const {getState, forceShutdown} = await open();
  const giveUp = new AbortController();
  const forced = forceShutdown({how: 'update', waitMs: 60_000}, giveUp.signal);
  giveUp.abort();
  expect(await forced).toMatchObject({ok: false, missing: ['env-1']});
  expect(getState().shutdown).toMatchObject({how: 'update', waitMs: 60_000, finished: true, gaveUp: true});
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
