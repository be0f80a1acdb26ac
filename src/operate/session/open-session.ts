import type {Clients} from '../../aws/clients.ts';
import type {StackNames} from '../../aws/names.ts';
import {isLoopback, type Target} from '../../aws/target.ts';
import type {LifecycleEvent} from '../../lifecycle/event.ts';
import {type DeliveryMessage, type EventMessage, message, type NoticeMessage} from '../../lifecycle/message.ts';
import type {ClockMessage, EarlierMessage, FunctionMessage, SessionMessage} from '../../lifecycle/session-message.ts';
import {type ClockOffset, observeDate, offsetMs, unknownOffset} from '../clock-offset.ts';
import {followEvents} from '../events/event-feed.ts';
import {targetObservations} from '../forecast/target-observations.ts';
import {readFunction} from '../function-facts.ts';
import {followLogs} from '../logs/log-tail.ts';
import {pause} from '../pause.ts';
import {eventInterval, logInterval} from '../requests/pace.ts';
import type {WebhookReceiver} from '../webhook/webhook-receiver.ts';
import {apiMessage} from './api-message.ts';
import {hearCalls} from './hear-calls.ts';
import {createReadingProblems} from './reading-problems.ts';
import {createSessionCore, tickMs} from './session-core.ts';
import {createSessionOrders} from './session-orders.ts';
import type {Session} from './session-state.ts';

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
  /** Where what is learned of idle lifetimes is kept for later runs; nowhere without. */
  observationFolder?: string;
  /** Subscribes to what a receiver of ours takes of the functions' webhook. Returns the unsubscriber. */
  deliveries?: WebhookReceiver['subscribe'];
  /** Hears of everything that the session's state is made of, in order. */
  record?: (message: SessionMessage) => void;
  /** Hears of the function's variables whenever they are read: they hold what no recording may. */
  onVariables?: (variables: Readonly<Record<string, string>>) => void;
};

/**
 * Opens a look at a deployed stack. Resolves after the first whole read of the table, at most 5 s later; what goes wrong
 * afterwards is in the state (`live`, `problem`) and is tried again. Closing it ends every order that is under way.
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const {
    target,
    clients,
    names,
    apiUrl,
    authToken,
    idleWindow,
    observationFolder: folder,
    deliveries,
    record,
    onVariables,
  } = options;
  const {lambda} = clients;
  const functionName = names.target;
  const local = isLoopback(target);
  const core = createSessionCore({clock: Date.now, ...(idleWindow && {idleWindow}), ...(record && {record})});
  const {now, take} = core;
  const onNotice = (text: string) => take([message<NoticeMessage>({type: 'notice', level: 'warning', text})]);
  const file =
    folder === undefined ? undefined : targetObservations({target, clients, names, idleWindow, folder, onNotice});
  const ending = new AbortController();
  const {signal} = ending;
  const eventListeners = new Set<(event: LifecycleEvent) => void>();
  const onProblem = createReadingProblems(take);
  let offset: ClockOffset = unknownOffset;
  let lastActivity = Date.now();

  const onDate = (date: Date | undefined, sentAt: number, receivedAt: number): void => {
    const before = offsetMs(offset);
    offset = observeDate(offset, date, sentAt, receivedAt);
    const after = offsetMs(offset);
    if (after !== before) take([message<ClockMessage>({type: 'clock', offsetMs: after})]);
  };
  const learn = async (events: readonly EventMessage[]): Promise<void> => {
    const environments = [...new Set(events.map(event => event.environmentId))];
    const {facts, variables} = await readFunction(lambda, functionName);
    onVariables?.(variables);
    take([message<FunctionMessage>({type: 'function', environments, ...facts})]);
    if (environments.length > 0) void file?.add(core.ends());
  };
  // What cannot be read now is no loss: the forecast only learns less.
  const tryToLearn = (events: readonly EventMessage[]): void => void learn(events).catch(() => {});
  const onEvents = (events: EventMessage[]): void => {
    lastActivity = Date.now();
    take(events);
    for (const event of events) for (const listener of eventListeners) listener(event);
    const shutdowns = events.filter(event => event.eventType === 'SHUTDOWN');
    if (shutdowns.length > 0) tryToLearn(shutdowns);
  };

  const unhear = hearCalls(clients, call => {
    if (call.error !== undefined || !polls.has(call.operation)) take([apiMessage(call)]);
    onDate(call.date, call.at.getTime(), call.at.getTime() + call.ms);
  });
  const unsubscribe = deliveries?.(({at, ...facts}) =>
    take([message<DeliveryMessage>({type: 'delivery', ...facts}, new Date(at + offsetMs(offset)))]),
  );
  const tick = setInterval(core.tick, tickMs);
  tryToLearn([]);
  void file?.read().then(ends => {
    if (!signal.aborted) take([message<EarlierMessage>({type: 'earlier', ends, teaches: file.teaches})]);
  });
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
      onLines: take,
      onProblem: error => onProblem(`the log group ${group.group}`, error),
    }),
  );
  const orders = createSessionOrders({
    core,
    lambda,
    functionName,
    apiUrl,
    ...(authToken !== undefined && {authToken}),
    signal,
    clockOffsetMs: () => offsetMs(offset),
    onDate,
    onActivity: () => {
      lastActivity = Date.now();
    },
    onEvent: listener => {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
  });
  await pause(firstReadLimitMs, firstRead.signal);
  core.flush();

  return {
    getState: core.getState,
    subscribe: core.subscribe,
    ...orders,
    close: async () => {
      ending.abort();
      clearInterval(tick);
      unhear();
      unsubscribe?.();
      await Promise.allSettled([events, ...logs, file?.settled()]);
      core.tick();
      core.flush();
      core.close();
    },
  };
}
