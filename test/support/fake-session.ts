import {type Environment, emptyEnvironments, isLive} from '../../src/lifecycle/environment.ts';
import type {EventMessage, LogMessage} from '../../src/lifecycle/message.ts';
import {message} from '../../src/lifecycle/message.ts';
import {noScores} from '../../src/lifecycle/score.ts';
import {createLatencyWindow} from '../../src/operate/requests/latency-window.ts';
import {createTrafficCounter} from '../../src/operate/requests/traffic.ts';
import type {FireControl, RequestRow, Session, SessionState} from '../../src/operate/session/session-state.ts';

/** 12:04:31 UTC, the moment every golden frame shows. */
export const frameTime = Date.UTC(2026, 10, 20, 12, 4, 31);

export const ids = ['9f3c1a', 'b07e44', 'c2d810', '4410fa'].map(id => `${id}00-1111-4222-8333-444455556666`) as [
  string,
  string,
  string,
  string,
];

const ago = (seconds: number) => frameTime - seconds * 1_000;

/** One that was invoked once, of which is known what is given. */
export function environmentOf(id: string, patch: Partial<Environment>): Environment {
  return {
    id,
    functionName: 'lambda-target-demo',
    startedAt: ago(60),
    state: 'idle',
    generation: 1,
    initType: 'on-demand',
    proactive: false,
    invocations: 1,
    missing: 0,
    sequence: {first: 1, last: 1, seen: 1},
    activities: [],
    ...patch,
  };
}

const invoke = (from: number, seconds: number) => ({
  kind: 'invoke' as const,
  invocation: 1,
  startedAt: ago(from),
  endedAt: ago(from) + seconds * 1_000,
});

export const someEnvironments: readonly Environment[] = [
  environmentOf(ids[0], {
    startedAt: ago(52),
    invocations: 3,
    initMs: 318,
    idleSince: ago(9),
    idleSource: 'report',
    activities: [invoke(51, 0.2), invoke(30, 0.1), invoke(9.1, 0.1)],
  }),
  environmentOf(ids[1], {
    startedAt: ago(24),
    invocations: 2,
    initMs: 301,
    idleSince: ago(18),
    idleSource: 'report',
    activities: [invoke(23, 0.2), invoke(19, 1)],
  }),
  environmentOf(ids[2], {
    startedAt: ago(20),
    state: 'invoke',
    invocations: 31,
    busySince: frameTime - 212,
    activities: Array.from({length: 10}, (_, index) => invoke(19 - index * 2, 1.5)),
  }),
  environmentOf(ids[3], {
    startedAt: ago(55),
    state: 'gone',
    invocations: 2,
    idleSince: ago(48),
    activities: [invoke(54, 0.3), invoke(49, 0.4)],
    shutdown: {at: ago(27), reason: 'spindown', idleMs: 20_912},
  }),
];

export function someEvent(index: number, patch: Partial<EventMessage>): EventMessage {
  const at = new Date(ago(55 - index * 5));
  return {
    ...message<EventMessage>(
      {
        type: 'event',
        eventId: `event-${index}`,
        timestamp: at.toISOString(),
        writtenAt: at.toISOString(),
        eventType: 'INVOKE',
        functionName: 'lambda-target-demo',
        functionVersion: '$LATEST',
        environmentId: ids[0],
        environmentStartedAt: new Date(ago(60)).toISOString(),
        generation: 1,
        sequence: 1,
        initType: 'on-demand',
        requestId: `3f0c9d52-0000-4000-8000-00000000000${index}`,
        invocation: 1,
        cold: false,
        shutdownReason: 'N/A',
        ttl: 1_795_000_000,
      },
      at,
    ),
    ...patch,
  };
}

const someEvents: readonly EventMessage[] = [
  someEvent(0, {environmentId: ids[3], cold: true}),
  someEvent(1, {cold: true}),
  someEvent(2, {environmentId: ids[3], invocation: 2}),
  someEvent(6, {environmentId: ids[3], eventType: 'SHUTDOWN', shutdownReason: 'spindown', parkedMs: 20_912}),
  someEvent(7, {environmentId: ids[1], cold: true, late: true}),
  someEvent(9, {environmentId: ids[0], invocation: 3}),
  someEvent(11, {environmentId: ids[2], invocation: 31}),
];

export function someLog(index: number, text: string, environmentId?: string): LogMessage {
  return message<LogMessage>(
    {
      type: 'log',
      function: 'lambda-target-demo',
      stream: '2026/11/20/[$LATEST]0123456789abcdef0123456789abcdef',
      timestamp: ago(30) + index * 1_013,
      eventId: `log-${index}`,
      ingestedAt: ago(29) + index * 1_013,
      message: text,
      ...(environmentId !== undefined && {environmentId}),
    },
    new Date(ago(29)),
  );
}

const someLogs: readonly LogMessage[] = [
  someLog(0, 'START RequestId: 3f0c9d52-0000-4000-8000-000000000001 Version: $LATEST', ids[0]),
  someLog(1, '[shutdown-notifier] Event: INVOKE', ids[0]),
  someLog(2, 'Target function invoked', ids[0]),
  someLog(3, 'END RequestId: 3f0c9d52-0000-4000-8000-000000000001', ids[0]),
  someLog(4, 'REPORT RequestId: 3f0c9d52\tDuration: 11.20 ms\tBilled Duration: 12 ms\tMemory Size: 256 MB', ids[0]),
  someLog(5, '[shutdown-notifier] SHUTDOWN! Reason: spindown', ids[3]),
  someLog(6, '[shutdown-notifier] Wrote to DynamoDB: SHUTDOWN', ids[3]),
  someLog(7, 'INIT_START Runtime Version: nodejs:24.v18'),
];

const someRequests: readonly RequestRow[] = [
  {key: 1, sentAt: ago(55), ahead: 0, status: 200, latencyMs: 352, cold: true, environmentId: ids[3]},
  {key: 2, sentAt: ago(50), ahead: 0, status: 200, latencyMs: 329, cold: true, environmentId: ids[0]},
  {key: 3, sentAt: ago(30), ahead: 0, status: 200, latencyMs: 9, cold: false, environmentId: ids[0]},
  {key: 4, sentAt: ago(19), ahead: 0, status: 502, latencyMs: 1_021, error: 'Internal server error'},
  {key: 5, sentAt: ago(9), ahead: 0, status: 200, latencyMs: 11, cold: false, environmentId: ids[0]},
  {key: 6, sentAt: ago(0), ahead: 0},
];

const sample = {basis: 'prior' as const, observations: 0, prior: 11};

/** The figures that a session would have counted for these requests. */
export function figuresOf(requests: readonly RequestRow[]): Pick<SessionState, 'latencies' | 'traffic'> {
  const latencies = createLatencyWindow();
  const traffic = createTrafficCounter();
  const moments = requests.flatMap(({sentAt, latencyMs}) => [
    {at: sentAt, count: () => traffic.sent(sentAt)},
    ...(latencyMs === undefined
      ? []
      : [{at: sentAt + latencyMs, count: () => traffic.answered(sentAt + latencyMs, latencyMs)}]),
  ]);
  for (const {count} of moments.sort((a, b) => a.at - b.at)) count();
  for (const {status = 0, latencyMs} of requests) if (status > 0) latencies.add(latencyMs ?? 0);
  return {latencies: latencies.summary(), traffic: traffic.snapshot()};
}

export function someState(patch: Partial<SessionState> = {}): SessionState {
  return {
    environments: {...emptyEnvironments, list: someEnvironments},
    expectation: {earlyMs: 18_400, medianMs: 20_000, lateMs: 21_600, ...sample, beyond: false},
    scores: noScores,
    forecasts: new Map(
      [ids[0], ids[1]].map(id => [id, {earlyMs: 18_400, medianMs: 20_100, lateMs: 21_600, ...sample, beyond: false}]),
    ),
    requests: someRequests,
    requestCounts: {sent: 6, underWay: 1, failed: 1, cold: 2},
    ...figuresOf(someRequests),
    events: someEvents,
    logs: someLogs,
    deliveries: [],
    api: [],
    notices: [],
    ordered: new Map(),
    functionChanges: [],
    live: true,
    clockOffsetMs: 0,
    ...patch,
  };
}

export type FakeSession = Session & {
  orders: string[];
  /** Plans and rates that go on until they are ended. */
  runs: (FireControl & {end(): void})[];
  /** Forced SHUTDOWNs are waited for until they are given up. */
  hold: boolean;
  /** How long each of them was to be waited for, ms. */
  waits: number[];
  /** Changes the state and tells the screens, as a commit does. */
  change(patch: Partial<SessionState>): void;
  closed: boolean;
};

/** A session that does nothing by itself: tests say what happens. */
export function fakeSession(first: SessionState = someState()): FakeSession {
  const listeners = new Set<() => void>();
  let state = first;
  return {
    orders: [],
    closed: false,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    runs: [],
    async fire({count, concurrency, sleepMs = 0, rate, via = 'api'}, control = {}) {
      const pace = rate === undefined ? '' : ` at ${rate}/s`;
      this.orders.push(
        `fire ${count} at ${concurrency} sleeping ${sleepMs}${pace}${via === 'api' ? '' : ` via ${via}`}`,
      );
      if (!control.onProgress) return;
      await new Promise<void>(resolve => {
        this.runs.push({...control, end: resolve});
      });
    },
    hold: false,
    waits: [],
    async forceShutdown({how, waitMs}, giveUp) {
      this.orders.push(`shutdown ${how}`);
      this.waits.push(waitMs);
      const live = state.environments.list.filter(one => (how === 'update' ? isLive(one) : one.state === 'idle'));
      const reason = {update: 'spindown', timeout: 'timeout', crash: 'failure'}[how];
      const shutdowns = live.map(({id}) => ({environmentId: id, reason, latencyMs: 412}));
      const progress = {how, waitMs, startedAt: frameTime, expected: live.map(({id}) => id)};
      this.change({shutdown: {...progress, seen: [], finished: false}});
      if (this.hold) await new Promise<void>(resolve => giveUp?.addEventListener('abort', () => resolve()));
      const seen = this.hold ? [] : shutdowns;
      const gaveUp = giveUp?.aborted === true;
      this.change({shutdown: {...progress, seen, finished: true, ...(gaveUp && {gaveUp})}});
      return {ok: !this.hold, shutdowns: seen, missing: this.hold ? progress.expected : []};
    },
    async close() {
      this.closed = true;
    },
    change(patch) {
      state = {...state, ...patch};
      for (const listener of listeners) listener();
    },
  };
}
