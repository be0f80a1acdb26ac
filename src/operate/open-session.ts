import type {Clients} from '../aws/clients.ts';
import {describeError} from '../aws/errors.ts';
import type {StackNames} from '../aws/names.ts';
import {isLoopback, type Target} from '../aws/target.ts';
import type {Environments} from '../lifecycle/environment.ts';
import type {LifecycleEvent} from '../lifecycle/event.ts';
import {awsPrior, windowPrior} from '../lifecycle/forecast.ts';
import {type Emit, type EventMessage, type Message, message, type NoticeMessage} from '../lifecycle/message.ts';
import {settleOverdue} from '../lifecycle/reduce-environments.ts';
import {apiMessage} from './api-message.ts';
import {type ClockOffset, observeDate, offsetMs, unknownOffset} from './clock-offset.ts';
import {followEvents} from './event-feed.ts';
import {fireRequests} from './fire.ts';
import {forceShutdown} from './force-shutdown.ts';
import {hearCalls} from './hear-calls.ts';
import {createLifetimes} from './lifetimes.ts';
import {followLogs} from './log-tail.ts';
import {createNewlyIdle} from './newly-idle.ts';
import {eventInterval, logInterval} from './pace.ts';
import {pause} from './pause.ts';
import type {Session} from './session-state.ts';
import {createSessionStore} from './session-store.ts';

const tickMs = 1_000;
const firstReadLimitMs = 5_000;
/** Several a second: one that goes well is no news, and not worth a frame. */
const polls: ReadonlySet<string> = new Set(['Query', 'FilterLogEvents']);

export type SessionOptions = {
  target: Target;
  clients: Clients;
  names: StackNames;
  apiUrl: string;
  /** What the API asks of callers. */
  authToken?: string;
  /** The embedded AWS's setting; without it the published lifetimes are what a forecast starts from. */
  idleWindow?: {minMs: number; maxMs: number};
  /** Hears of every message of the session. */
  record?: Emit;
};

/**
 * Opens a look at a deployed stack. Resolves after the first whole read of the table, at most 5 s later; what goes wrong
 * afterwards is in the state (`live`, `problem`) and is tried again. Closing it ends every order that is under way.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const {target, clients, names, apiUrl, authToken, idleWindow, record = () => {}} = options;
  const {lambda} = clients;
  const functionName = names.target;
  const local = isLoopback(target);
  const prior = idleWindow ? windowPrior(idleWindow.minMs, idleWindow.maxMs) : awsPrior;
  const lifetimes = createLifetimes(lambda, functionName, prior);
  const store = createSessionStore();
  const ending = new AbortController();
  const {signal} = ending;
  const eventListeners = new Set<(event: LifecycleEvent) => void>();
  const problems = new Map<string, string>();
  let offset: ClockOffset = unknownOffset;
  let lastActivity = Date.now();
  let nextKey = 0;

  const now = (): number => Date.now() + offsetMs(offset);
  const newlyIdle = createNewlyIdle();
  const foresee = (environments: Environments): void =>
    store.update({environments, forecasts: lifetimes.forecasts(environments.list, now())});
  const add = (messages: readonly Message[]): void => {
    for (const one of store.add(messages)) record(one);
    // Not left to the tick: a countdown starts with the commit that shows its environment idle.
    if (newlyIdle(store.environments().list)) foresee(store.environments());
  };
  const onDate = (date: Date | undefined, sentAt: number, receivedAt: number): void => {
    offset = observeDate(offset, date, sentAt, receivedAt);
    const clockOffsetMs = offsetMs(offset);
    if (clockOffsetMs !== store.getState().clockOffsetMs) store.update({clockOffsetMs});
  };
  const onProblem = (what: string, error: unknown): void => {
    const text = error === undefined ? undefined : `Reading ${what} failed: ${describeError(error)}`;
    if (text === undefined) problems.delete(what);
    else if (problems.get(what) !== text) {
      problems.set(what, text);
      add([message<NoticeMessage>({type: 'notice', level: 'warning', text: `${text}. Trying again.`})]);
    }
    const [problem] = problems.values();
    store.update(problem === undefined ? {live: true} : {live: false, problem});
  };
  const learn = (events: readonly EventMessage[]): void => {
    const ids = new Set(events.map(event => event.environmentId));
    const ended = () => store.environments().list.filter(one => one.state === 'gone' && ids.has(one.id));
    // What cannot be read now is no loss: the forecast only learns less.
    void lifetimes.learn(ended).catch(() => {});
  };
  const onEvents = (events: EventMessage[]): void => {
    lastActivity = Date.now();
    add(events);
    for (const event of events) for (const listener of eventListeners) listener(event);
    const shutdowns = events.filter(event => event.eventType === 'SHUTDOWN');
    if (shutdowns.length > 0) learn(shutdowns);
  };

  const unhear = hearCalls(clients, call => {
    if (call.error !== undefined || !polls.has(call.operation)) add([apiMessage(call)]);
    onDate(call.date, call.at.getTime(), call.at.getTime() + call.ms);
  });
  const tick = setInterval(() => {
    foresee(settleOverdue(store.environments(), now(), lifetimes.functionTimeoutMs()));
  }, tickMs);
  learn([]);
  const firstRead = new AbortController();
  const events = followEvents({
    dynamodb: clients.dynamodb,
    table: names.table,
    index: names.index,
    functionName,
    now,
    signal,
    intervalMs: () => eventInterval(local, Date.now() - lastActivity),
    onEvents,
    onCaughtUp: () => firstRead.abort(),
    onProblem: error => onProblem('the table', error),
  });
  const logs = [
    {functionName, group: names.targetLogs},
    {functionName: names.authorizer, group: names.authorizerLogs},
  ].map(group =>
    followLogs({
      ...group,
      logs: clients.logs,
      since: now() - 60_000,
      overlapMs: local ? 2_000 : 30_000,
      signal,
      intervalMs: () => logInterval(local, Date.now() - lastActivity),
      onLines: add,
      onProblem: error => onProblem(`the log group ${group.group}`, error),
    }),
  );
  await pause(firstReadLimitMs, firstRead.signal);
  store.flush();

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    fire: async request => {
      lastActivity = Date.now();
      const keys: number[] = [];
      await fireRequests({
        apiUrl,
        lambda,
        functionName,
        request,
        ...(authToken !== undefined && {authToken}),
        signal,
        onDate,
        onSent: key => {
          keys[key] = nextKey;
          store.requestSent(nextKey, now());
          nextKey += 1;
          if (key === 0) store.flush();
        },
        onResponse: (response, key) => {
          lastActivity = Date.now();
          store.requestAnswered(keys[key]!, response);
          add([response]);
        },
      });
    },
    forceShutdown: async request => {
      const live = store.environments().list.filter(one => one.state !== 'gone');
      const expected = live.filter(one => request.how === 'update' || one.state === 'idle').map(one => one.id);
      const progress = {
        startedAt: now(),
        expected,
        seen: [] as {environmentId: string; reason: string; latencyMs: number}[],
      };
      lastActivity = Date.now();
      lifetimes.forced(progress.startedAt);
      const show = (finished: boolean): void => {
        store.update({shutdown: {...progress, seen: [...progress.seen], finished}});
        store.flush();
      };
      show(false);
      try {
        return await forceShutdown({
          lambda,
          functionName,
          request,
          expected,
          clockOffsetMs: () => offsetMs(offset),
          onEvent: listener => {
            eventListeners.add(listener);
            return () => eventListeners.delete(listener);
          },
          onSeen: seen => {
            progress.seen.push(seen);
            show(false);
          },
          signal,
        });
      } finally {
        show(true);
      }
    },
    close: async () => {
      ending.abort();
      clearInterval(tick);
      unhear();
      await Promise.allSettled([events, ...logs]);
      store.close();
    },
  };
}
