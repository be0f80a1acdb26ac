import type {LambdaClient} from '@aws-sdk/client-lambda';
import {describe, expect, test} from 'vitest';
import type {LifecycleEvent} from '../../src/lifecycle/event.ts';
import {forceShutdown} from '../../src/operate/force-shutdown.ts';
import type {ShutdownRequest} from '../../src/operate/session/session-state.ts';
import {awsError, fakeClient, lifecycleEvent} from './fakes.ts';

function shutdownOf(environmentId: string, shutdownReason = 'spindown'): LifecycleEvent {
  return lifecycleEvent({environmentId, eventType: 'SHUTDOWN', shutdownReason});
}

function ordered(request: ShutdownRequest, expected: string[], lambda: LambdaClient, giveUp?: AbortSignal) {
  const listeners = new Set<(event: LifecycleEvent) => void>();
  const outcome = forceShutdown({
    lambda,
    functionName: 'lambda-target-demo',
    request,
    expected,
    clockOffsetMs: () => 0,
    ...(giveUp && {giveUp}),
    onEvent: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const tell = (event: LifecycleEvent): void => {
    for (const listener of listeners) listener(event);
  };
  return {outcome, tell, listeners};
}

describe('by a changed variable', () => {
  test('keeps the other variables, guards by the revision, and starts anew after a conflict', async () => {
    let revision = 1;
    const {client, calls} = fakeClient<LambdaClient>({
      GetFunctionConfiguration: (_, call) => ({
        RevisionId: `r${revision}`,
        Environment: {Variables: {LIFECYCLE_TABLE: 't', MINE: `${revision}`}},
        LastUpdateStatus: call < 4 ? 'InProgress' : 'Successful',
      }),
      UpdateFunctionConfiguration: (input, call) => {
        if (call === 1) {
          revision = 2;
          throw awsError('PreconditionFailedException');
        }
        return input;
      },
    });
    const {outcome, tell, listeners} = ordered({how: 'update', waitMs: 5_000}, ['a', 'b'], client);
    tell(shutdownOf('a'));
    tell(shutdownOf('b'));
    expect(await outcome).toMatchObject({
      ok: true,
      missing: [],
      shutdowns: [{environmentId: 'a'}, {environmentId: 'b'}],
    });
    const updates = calls.filter(call => call.name === 'UpdateFunctionConfiguration').map(call => call.input);
    expect(updates.map(input => input.RevisionId)).toEqual(['r1', 'r2']);
    expect(updates[1]!.Environment).toEqual({
      Variables: {LIFECYCLE_TABLE: 't', MINE: '2', LIFECYCLE_GENERATION: expect.any(String)},
    });
    expect(calls.at(-1)!.name).toBe('GetFunctionConfiguration');
    expect(listeners.size).toBe(0);
  });

  test('names who did not tell in time, and does not count what went before the order', async () => {
    const {client} = fakeClient<LambdaClient>({
      GetFunctionConfiguration: () => ({LastUpdateStatus: 'Successful'}),
      UpdateFunctionConfiguration: () => ({}),
    });
    const {outcome, tell} = ordered({how: 'update', waitMs: 50}, ['a', 'b'], client);
    tell(lifecycleEvent({environmentId: 'z', eventType: 'SHUTDOWN', timestamp: '2026-01-01T00:00:00.000Z'}));
    tell(shutdownOf('b'));
    expect(await outcome).toMatchObject({ok: false, missing: ['a'], shutdowns: [{environmentId: 'b'}]});
  });

  test('with nobody alive only the change is made', async () => {
    const {client, calls} = fakeClient<LambdaClient>({
      GetFunctionConfiguration: () => ({}),
      UpdateFunctionConfiguration: () => ({}),
    });
    const {outcome} = ordered({how: 'update', waitMs: 60_000}, [], client);
    expect(await outcome).toEqual({ok: true, shutdowns: [], missing: []});
    expect(calls.some(call => call.name === 'UpdateFunctionConfiguration')).toBe(true);
  });

  test('a change that Lambda cannot apply is a failure', async () => {
    const {client} = fakeClient<LambdaClient>({
      GetFunctionConfiguration: () => ({LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'no role'}),
      UpdateFunctionConfiguration: () => ({}),
    });
    await expect(ordered({how: 'update', waitMs: 10}, ['a'], client).outcome).rejects.toThrow('no role');
  });
});

test.each([
  ['timeout', {hang: true}],
  ['crash', {crash: true}],
] as const)('by %s: as many Invokes at once as environments are expected', async (how, payload) => {
  let underWay = 0;
  let most = 0;
  const {client, calls} = fakeClient<LambdaClient>({
    Invoke: async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(resolve => setTimeout(resolve, 5));
      underWay -= 1;
      return {FunctionError: 'Unhandled'};
    },
  });
  const {outcome, tell} = ordered({how, waitMs: 5_000}, ['a', 'b', 'c'], client);
  for (const id of ['a', 'b', 'c']) tell(shutdownOf(id, how === 'crash' ? 'failure' : 'timeout'));
  expect((await outcome).ok).toBe(true);
  expect(most).toBe(3);
  expect(calls.map(call => JSON.parse(new TextDecoder().decode(call.input.Payload as Uint8Array)))).toEqual(
    Array(3).fill(payload),
  );
});

test('an environment that is reset and goes again later counts once', async () => {
  const {client} = fakeClient<LambdaClient>({Invoke: () => ({FunctionError: 'Unhandled'})});
  const {outcome, tell} = ordered({how: 'crash', waitMs: 50}, ['a', 'b'], client);
  tell(shutdownOf('a', 'failure'));
  tell(shutdownOf('a'));
  expect(await outcome).toMatchObject({ok: false, missing: ['b'], shutdowns: [{reason: 'failure'}]});
});

test('given up, nothing is waited for, not even the order, which goes on', async () => {
  let answer: () => void = () => {};
  const answered = new Promise<void>(resolve => {
    answer = resolve;
  });
  let done = false;
  const {client} = fakeClient<LambdaClient>({
    Invoke: async () => {
      await answered;
      done = true;
      return {StatusCode: 200};
    },
  });
  const giveUp = new AbortController();
  const {outcome, listeners} = ordered({how: 'timeout', waitMs: 60_000}, ['a'], client, giveUp.signal);
  giveUp.abort();
  expect(await outcome).toEqual({ok: false, shutdowns: [], missing: ['a']});
  expect(listeners.size).toBe(0);
  expect(done).toBe(false);
  answer();
  await new Promise(resolve => setImmediate(resolve));
  expect(done).toBe(true);
});

test('ten times leave neither a listener nor a timer behind', async () => {
  const {client} = fakeClient<LambdaClient>({
    GetFunctionConfiguration: () => ({LastUpdateStatus: 'Successful'}),
    UpdateFunctionConfiguration: () => ({}),
  });
  const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;
  const before = timers();
  const giveUp = new AbortController();
  for (let n = 0; n < 10; n++) {
    const {outcome, tell, listeners} = ordered({how: 'update', waitMs: 60_000}, ['a'], client, giveUp.signal);
    tell(shutdownOf('a'));
    expect((await outcome).ok).toBe(true);
    expect(listeners.size).toBe(0);
  }
  expect(timers()).toBeLessThanOrEqual(before);
});

test('an Invoke that ends normally is told', async () => {
  const {client} = fakeClient<LambdaClient>({Invoke: () => ({StatusCode: 200})});
  await expect(ordered({how: 'crash', waitMs: 10}, ['a'], client).outcome).rejects.toThrow('ended normally');
});
