import {expect, test} from 'vitest';
import {type Environments, emptyEnvironments} from '../../src/lifecycle/environment.ts';
import {
  type EventMessage,
  type LogMessage,
  type Message,
  message,
  type ResponseMessage,
} from '../../src/lifecycle/message.ts';
import {reduceEnvironments, settleOverdue} from '../../src/lifecycle/reduce-environments.ts';

const start = Date.parse('2026-11-20T12:00:00.000Z');
const iso = (ms: number) => new Date(start + ms).toISOString();
const requestId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

function invoke(environmentId: string, n: number, atMs: number, more: Partial<EventMessage> = {}): EventMessage {
  return message<EventMessage>({
    type: 'event',
    eventId: `${environmentId}-${more.sequence ?? n}`,
    timestamp: iso(atMs),
    writtenAt: iso(atMs),
    eventType: 'INVOKE',
    functionName: 'f',
    functionVersion: '$LATEST',
    environmentId,
    environmentStartedAt: iso(0),
    generation: 1,
    sequence: n,
    initType: 'on-demand',
    requestId: requestId(n),
    invocation: n,
    cold: n === 1,
    shutdownReason: 'N/A',
    ttl: Math.floor((start + atMs) / 1_000) + 1_200,
    ...more,
  });
}

function shutdown(
  environmentId: string,
  sequence: number,
  atMs: number,
  more: Partial<EventMessage> = {},
): EventMessage {
  return invoke(environmentId, sequence, atMs, {
    eventType: 'SHUTDOWN',
    requestId: 'N/A',
    invocation: sequence - 1,
    shutdownReason: 'spindown',
    ...more,
  });
}

function report(n: number, atMs: number, initMs?: number): LogMessage {
  const init = initMs === undefined ? '' : `Init Duration: ${initMs} ms\t`;
  return message<LogMessage>({
    type: 'log',
    function: 'f',
    stream: 's1',
    timestamp: start + atMs,
    eventId: `l${n}`,
    ingestedAt: start + atMs,
    message: `REPORT RequestId: ${requestId(n)}\tDuration: 12.00 ms\tBilled Duration: 12 ms\tMemory Size: 256 MB\tMax Memory Used: 60 MB\t${init}`,
  });
}

function response(environmentId: string, invocation: number, atMs: number): ResponseMessage {
  return message<ResponseMessage>(
    {type: 'response', status: 200, latencyMs: 5, environmentId, invocation, cold: false},
    new Date(start + atMs),
  );
}

const fold = (...messages: Message[]): Environments => messages.reduce(reduceEnvironments, emptyEnvironments);
const only = (environments: Environments) => {
  expect(environments.list).toHaveLength(1);
  return environments.list[0]!;
};

test('an environment lives: invoke, idle, gone', () => {
  const busy = only(fold(invoke('e1', 1, 100)));
  expect(busy).toMatchObject({state: 'invoke', busySince: start + 100, invocations: 1, missing: 0});
  const idle = only(fold(invoke('e1', 1, 100), report(1, 150, 88.5)));
  expect(idle).toMatchObject({state: 'idle', idleSince: start + 150, idleSource: 'report', initMs: 88.5});
  expect(idle).not.toHaveProperty('busySince');
  const gone = only(fold(invoke('e1', 1, 100), report(1, 150), shutdown('e1', 2, 20_150)));
  expect(gone).toMatchObject({state: 'gone', shutdown: {reason: 'spindown', idleMs: 20_000}});
});

test('an end that comes before its INVOKE waits for it', () => {
  expect(only(fold(report(1, 150), invoke('e1', 1, 100)))).toMatchObject({state: 'idle', idleSource: 'report'});
  expect(only(fold(response('e1', 1, 140), invoke('e1', 1, 100)))).toMatchObject({
    state: 'idle',
    idleSource: 'response',
  });
  expect(fold(report(1, 150), invoke('e1', 1, 100)).waitingEnds.size).toBe(0);
});

test('REPORT is better than a response, in either order', () => {
  const want = {idleSource: 'report', idleSince: start + 150};
  expect(only(fold(invoke('e1', 1, 100), response('e1', 1, 120), report(1, 150)))).toMatchObject(want);
  expect(only(fold(invoke('e1', 1, 100), report(1, 150), response('e1', 1, 170)))).toMatchObject(want);
});

test('an end of an older invocation does not make a busy environment idle', () => {
  const busy = only(fold(invoke('e1', 1, 100), invoke('e1', 2, 500), report(1, 150)));
  expect(busy).toMatchObject({state: 'invoke', lastRequestId: requestId(2)});
  expect(busy.activities[0]).toMatchObject({endedAt: start + 150});
});

test('without a report the idle time is the parked time', () => {
  const gone = only(fold(invoke('e1', 1, 100), shutdown('e1', 2, 20_100, {parkedMs: 19_000})));
  expect(gone).toMatchObject({idleSource: 'parked', shutdown: {idleMs: 19_000}});
});

test('a REPORT that comes after the SHUTDOWN still says better since when it had been idle', () => {
  const story = [invoke('e1', 1, 100), shutdown('e1', 2, 20_100, {parkedMs: 19_900})];
  expect(only(fold(...story, report(1, 150)))).toMatchObject({
    state: 'gone',
    idleSource: 'report',
    idleSince: start + 150,
    shutdown: {idleMs: 19_950},
  });
  expect(only(fold(...story, response('e1', 1, 130), report(1, 150)))).toMatchObject({shutdown: {idleMs: 19_950}});
  expect(only(fold(...story, report(1, 150), response('e1', 1, 130)))).toMatchObject({shutdown: {idleMs: 19_950}});
});

test('the end of an invocation that was cut off makes no idle time before its SHUTDOWN', () => {
  const cutOff = [invoke('e1', 1, 100), shutdown('e1', 2, 6_100, {shutdownReason: 'timeout', parkedMs: 5_900})];
  expect(only(fold(...cutOff, report(1, 6_090)))).toMatchObject({idleSource: 'parked', shutdown: {idleMs: 5_900}});
});

test('each cold start keeps the init before it, the environment its first', () => {
  const again = only(
    fold(
      invoke('e1', 1, 100),
      report(1, 150, 88.5),
      shutdown('e1', 2, 5_000, {shutdownReason: 'timeout'}),
      invoke('e1', 3, 8_000, {generation: 2, invocation: 2, cold: true}),
      report(3, 8_100, 40),
    ),
  );
  expect(again.activities.map(({kind, initMs, sequence}) => ({kind, initMs, sequence}))).toEqual([
    {kind: 'invoke', initMs: 88.5, sequence: 1},
    {kind: 'shutdown', initMs: undefined, sequence: 2},
    {kind: 'invoke', initMs: 40, sequence: 3},
  ]);
  expect(again.initMs).toBe(88.5);
});

test('an environment may be known by its SHUTDOWN alone', () => {
  expect(only(fold(shutdown('e1', 1, 5_000, {invocation: 0})))).toMatchObject({state: 'gone', invocations: 0});
});

test.each([
  ['nothing missing', [1, 2, 3], 0],
  ['the first one late', [2], 1],
  ['one in the middle', [1, 3], 1],
  ['two of them', [1, 4], 2],
  ['filled again', [1, 3, 2], 0],
])('gaps: %s', (_, sequences, missing) => {
  const events = sequences.map(n => invoke('e1', n, n * 1_000));
  expect(only(fold(...events)).missing).toBe(missing);
});

test('events that the table has dropped are not missing', () => {
  const day = 86_400_000;
  expect(only(fold(invoke('e1', 70, day), invoke('e1', 71, day + 1_000))).missing).toBe(0);
});

test('a late event changes history, not the state', () => {
  const late = only(fold(invoke('e1', 1, 100), shutdown('e1', 3, 9_000), invoke('e1', 2, 300)));
  expect(late).toMatchObject({state: 'gone', invocations: 2, missing: 0});
  expect(late.activities.map(one => one.kind)).toEqual(['invoke', 'invoke', 'shutdown']);
});

test.each(['timeout', 'failure'])('after %s it is reset, which is not gone', shutdownReason => {
  const story = [invoke('e1', 1, 100), shutdown('e1', 2, 5_000, {shutdownReason})];
  const reset = only(fold(...story));
  expect(reset).toMatchObject({state: 'reset', shutdown: {at: start + 5_000, reason: shutdownReason}});
  // Neither the answer of what was cut off, nor its INVOKE seen late, brings it back.
  expect(only(fold(...story, response('e1', 1, 6_000), report(1, 6_000))).state).toBe('reset');
  expect(only(fold(...story.toReversed())).state).toBe('reset');
  expect(only(fold(...story, shutdown('e1', 3, 90_000, {generation: 2}))).state).toBe('gone');
});

test('after a reset the environment serves again', () => {
  const again = only(
    fold(
      invoke('e1', 1, 100),
      shutdown('e1', 2, 5_000, {shutdownReason: 'timeout', generation: 1}),
      invoke('e1', 3, 8_000, {generation: 2, invocation: 2, cold: true}),
    ),
  );
  expect(again).toMatchObject({state: 'invoke', generation: 2, invocations: 2});
  expect(again).not.toHaveProperty('shutdown');
});

test('proactive initialisation is seen by the gap before the first INVOKE', () => {
  expect(only(fold(invoke('e1', 1, 60_000))).proactive).toBe(true);
  expect(only(fold(invoke('e1', 1, 300))).proactive).toBe(false);
});

test('nobody stays busy for longer than the timeout', () => {
  const busy = fold(invoke('e1', 1, 100));
  expect(settleOverdue(busy, start + 6_000, 6_000)).toBe(busy);
  expect(only(settleOverdue(busy, start + 6_101, 6_000))).toMatchObject({
    state: 'idle',
    idleSince: start + 6_100,
    idleSource: 'timeout',
  });
});

test('environments gone beyond 500 are folded into a count', () => {
  const events = Array.from({length: 503}, (_, n) =>
    shutdown(`e${String(n).padStart(3, '0')}`, 1, 1_000, {environmentStartedAt: iso(n)}),
  );
  const environments = fold(...events);
  expect(environments).toMatchObject({foldedGone: 3});
  expect(environments.list).toHaveLength(500);
  expect(environments.list[0]?.id).toBe('e003');
  const reset = events.map(event => ({...event, shutdownReason: 'timeout'}));
  expect(fold(...reset)).toMatchObject({foldedGone: 3});
});

test('any order of one story ends the same', () => {
  const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 1_000_000);
  console.log(`LIFECYCLE_SEED=${seed}`);
  let state = seed;
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
  const story: Message[] = [
    ...[1, 2, 3].flatMap(n => [invoke('e1', n, n * 1_000), report(n, n * 1_000 + 50)]),
    shutdown('e1', 4, 23_050),
  ];
  for (let round = 0; round < 300; round += 1) {
    const shuffled = [...story];
    for (let i = shuffled.length - 1; i > 0; i -= 1) {
      const j = next(i + 1);
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    const one = only(fold(...shuffled));
    expect(one).toMatchObject({state: 'gone', invocations: 3, missing: 0, shutdown: {reason: 'spindown'}});
    expect(one.activities.filter(activity => activity.kind === 'invoke').every(activity => activity.endedAt)).toBe(
      true,
    );
  }
});

test('the end of what no environment here serves is not looked for among their activities', () => {
  const state = fold(invoke('e1', 1, 100), invoke('e2', 2, 200));
  const list = state.list.map(one => ({
    ...one,
    get activities(): never {
      throw new Error('looked at');
    },
  }));
  expect(reduceEnvironments({...state, list}, report(9, 300)).waitingEnds.size).toBe(1);
  expect(() => reduceEnvironments({...state, list}, report(1, 300))).toThrow('looked at');
});

test('a state that was put together elsewhere finds its ends as well', () => {
  const {servedBy: _, ...state} = fold(invoke('e1', 1, 100));
  expect(reduceEnvironments(state, report(1, 300)).list[0]).toMatchObject({state: 'idle', idleSource: 'report'});
});
