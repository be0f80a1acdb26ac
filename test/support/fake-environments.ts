import type {Activity, Environment} from '../../src/lifecycle/environment.ts';
import {awsPrior, type Forecast, forecastAt, survivalCurve} from '../../src/lifecycle/forecast.ts';
import {scoreOf} from '../../src/lifecycle/score.ts';
import type {SessionState} from '../../src/operate/session/session-state.ts';
import {environmentOf, frameTime, someEvent, someLog, someState} from './fake-session.ts';

/** Seconds before the frame, as epoch ms. */
export const ago = (seconds: number): number => frameTime - seconds * 1_000;

export const invoked = (invocation: number, from: number, seconds: number, sequence = invocation): Activity => ({
  kind: 'invoke',
  requestId: `3f0c9d52-0000-4000-8000-${String(invocation).padStart(12, '0')}`,
  invocation,
  startedAt: ago(from),
  endedAt: ago(from) + seconds * 1_000,
  endedBy: 'report',
  cold: invocation === 1,
  sequence,
});

/** An idle environment that was invoked once, with what is given instead. */
export function fakeEnvironment(id: string, patch: Partial<Environment> = {}): Environment {
  return environmentOf(id, {idleSince: ago(20), idleSource: 'report', ...patch});
}

export const longId = (short: string): string => `${short}00-1111-4222-8333-444455556666`;

const curve = survivalCurve(
  [
    {idleMs: 371_000, ended: true},
    {idleMs: 366_000, ended: true},
  ],
  awsPrior,
);

/** What AWS's lifetimes say of these environments now. */
export function awsForecasts(list: readonly Environment[]): Pick<SessionState, 'forecasts' | 'expectation'> {
  const idle = list.filter(({state}) => state === 'idle');
  const forecast = ({idleSince = frameTime}: Environment): Forecast => forecastAt(curve, frameTime - idleSince);
  return {forecasts: new Map(idle.map(one => [one.id, forecast(one)])), expectation: forecastAt(curve, 0)};
}

const reset = fakeEnvironment(longId('7d20c1'), {
  startedAt: ago(540),
  invocations: 4,
  generation: 2,
  initMs: 244,
  missing: 1,
  sequence: {first: 1, last: 6, seen: 5},
  logStream: '2026/11/20/[$LATEST]7d20c1aa7d20c1aa7d20c1aa7d20c1aa',
  initStartedAt: ago(540.4),
  idleSince: ago(188),
  activities: [
    {...invoked(1, 539, 0.3), initMs: 244},
    invoked(2, 470, 0.1),
    {kind: 'shutdown', invocation: 2, startedAt: ago(400), endedAt: ago(400), sequence: 3},
    {...invoked(3, 320, 6, 4), cold: true},
    invoked(4, 188.2, 0.2, 6),
  ],
});

/** A stack on AWS as it is after some minutes: one of everything. */
export const awsEnvironments: readonly Environment[] = [
  fakeEnvironment(longId('9f3c1a'), {
    startedAt: ago(401),
    invocations: 7,
    initMs: 318,
    idleSince: ago(355),
    activities: [invoked(1, 400, 0.3), invoked(7, 355.2, 0.2)],
  }),
  reset,
  fakeEnvironment(longId('b07e44'), {
    startedAt: ago(348),
    proactive: true,
    invocations: 2,
    idleSince: ago(410),
    activities: [invoked(1, 320, 0.4), invoked(2, 300, 0.1)],
  }),
  environmentOf(longId('c2d810'), {
    startedAt: ago(295),
    state: 'invoke',
    invocations: 31,
    busySince: frameTime - 212,
    activities: Array.from({length: 31}, (_, index) => invoked(index + 1, 290 - index * 9, 4)),
  }),
  fakeEnvironment(longId('4410fa'), {
    startedAt: ago(590),
    state: 'gone',
    invocations: 2,
    idleSince: ago(500),
    activities: [invoked(1, 589, 0.4), invoked(2, 500.3, 0.3)],
    shutdown: {at: ago(139), reason: 'spindown', idleMs: 361_000},
  }),
  fakeEnvironment(longId('08ab3e'), {
    startedAt: ago(580),
    state: 'gone',
    invocations: 1,
    idleSince: ago(570),
    activities: [invoked(1, 571, 0.4)],
    shutdown: {at: ago(230), reason: 'spindown', idleMs: 340_000},
  }),
  fakeEnvironment(longId('e1177b'), {
    startedAt: ago(560),
    state: 'reset',
    invocations: 3,
    activities: [invoked(3, 530, 6)],
    shutdown: {at: ago(524), reason: 'timeout'},
  }),
];

const window = {earlyMs: 352_000, lateMs: 397_000};

/** The state of a session on such a stack. */
export function awsState(patch: Partial<SessionState> = {}): SessionState {
  const environments = {
    list: awsEnvironments,
    foldedGone: 0,
    waitingEnds: new Map(),
    starting: [
      {state: 'init' as const, stream: 's-new', functionName: 'lambda-target-demo', startedAt: frameTime - 188},
    ],
  };
  const byEnvironment = new Map([
    [longId('4410fa'), scoreOf(window, 361_000)],
    [longId('08ab3e'), scoreOf(window, 340_000)],
  ]);
  const events = [
    someEvent(0, {
      eventId: 'x-1',
      environmentId: longId('7d20c1'),
      cold: true,
      timestamp: new Date(ago(539)).toISOString(),
      requestId: reset.activities[0]!.requestId!,
    }),
    someEvent(0, {
      eventId: 'x-2',
      environmentId: longId('7d20c1'),
      invocation: 2,
      sequence: 2,
      timestamp: new Date(ago(470)).toISOString(),
    }),
    someEvent(0, {
      eventId: 'x-3',
      environmentId: longId('7d20c1'),
      eventType: 'SHUTDOWN',
      shutdownReason: 'timeout',
      sequence: 3,
      timestamp: new Date(ago(400)).toISOString(),
    }),
    someEvent(0, {
      eventId: 'x-4',
      environmentId: longId('7d20c1'),
      invocation: 3,
      sequence: 4,
      cold: true,
      generation: 2,
      timestamp: new Date(ago(320)).toISOString(),
    }),
    someEvent(0, {
      eventId: 'y-1',
      environmentId: longId('08ab3e'),
      eventType: 'SHUTDOWN',
      shutdownReason: 'spindown',
      timestamp: new Date(ago(230)).toISOString(),
    }),
    someEvent(0, {
      eventId: 'x-6',
      environmentId: longId('7d20c1'),
      invocation: 4,
      sequence: 6,
      generation: 2,
      timestamp: new Date(ago(188.2)).toISOString(),
    }),
    someEvent(0, {
      eventId: 'z-1',
      environmentId: longId('4410fa'),
      eventType: 'SHUTDOWN',
      shutdownReason: 'spindown',
      timestamp: new Date(ago(139)).toISOString(),
    }),
  ];
  const logs = [
    'START RequestId: 3f0c9d52-0000-4000-8000-000000000004 Version: $LATEST',
    '[shutdown-notifier] Event: INVOKE',
    'Target function invoked',
    'REPORT RequestId: 3f0c9d52-0000-4000-8000-000000000004\tDuration: 11.20 ms\tBilled Duration: 12 ms',
  ].map((text, index) => ({...someLog(index, text, longId('7d20c1')), timestamp: ago(188.2) + index * 37}));
  return {
    ...someState(),
    environments,
    ...awsForecasts(awsEnvironments),
    scores: {byEnvironment, session: {hits: 1, of: 2}, all: {hits: 12, of: 14}},
    events,
    logs,
    requests: [
      {key: 1, sentAt: ago(188.3), ahead: 0, status: 200, latencyMs: 131, cold: false, environmentId: longId('7d20c1')},
    ],
    ...patch,
  };
}

export const noEnvironments = {list: [], foldedGone: 0, waitingEnds: new Map(), starting: []};
