import type {Clients} from '../../aws/clients.ts';
import {describeError} from '../../aws/errors.ts';
import type {StackNames} from '../../aws/names.ts';
import {isLoopback, type Target} from '../../aws/target.ts';
import {isLive} from '../../lifecycle/environment.ts';
import type {LifecycleEvent} from '../../lifecycle/event.ts';
import {type DeliveryMessage, type EventMessage, message, type NoticeMessage} from '../../lifecycle/message.ts';
import type {
  AnswerMessage,
  ClockMessage,
  EarlierMessage,
  FunctionMessage,
  ProblemMessage,
  RequestMessage,
  SessionMessage,
  ShutdownMessage,
} from '../../lifecycle/session-message.ts';
import {type ClockOffset, observeDate, offsetMs, unknownOffset} from '../clock-offset.ts';
import {followEvents} from '../events/event-feed.ts';
import {forceShutdown} from '../force-shutdown.ts';
import {targetObservations} from '../forecast/target-observations.ts';
import {readFunction} from '../function-facts.ts';
import {isFailed} from '../is-failed.ts';
import {followLogs} from '../logs/log-tail.ts';
import {pause} from '../pause.ts';
import {fireRequests} from '../requests/fire.ts';
import {eventInterval, logInterval} from '../requests/pace.ts';
import type {WebhookReceiver} from '../webhook/webhook-receiver.ts';
import {apiMessage} from './api-message.ts';
import {hearCalls} from './hear-calls.ts';
import {createSessionCore, tickMs} from './session-core.ts';
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
  const problems = new Map<string, string>();
  let said: string | undefined;
  let offset: ClockOffset = unknownOffset;
  let lastActivity = Date.now();
  let nextKey = 0;

  const onDate = (date: Date | undefined, sentAt: number, receivedAt: number): void => {
    const before = offsetMs(offset);
    offset = observeDate(offset, date, sentAt, receivedAt);
    const after = offsetMs(offset);
    if (after !== before) take([message<ClockMessage>({type: 'clock', offsetMs: after})]);
  };
  const onProblem = (what: string, error: unknown): void => {
    const text = error === undefined ? undefined : `Reading ${what} failed: ${describeError(error)}`;
    if (text === undefined) problems.delete(what);
    else if (problems.get(what) !== text) {
      problems.set(what, text);
      take([message<NoticeMessage>({type: 'notice', level: 'warning', text: `${text}. Trying again.`})]);
    }
    const [problem] = problems.values();
    if (problem === said) return;
    said = problem;
    take([message<ProblemMessage>({type: 'problem', ...(problem !== undefined && {text: problem})})]);
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
  await pause(firstReadLimitMs, firstRead.signal);
  core.flush();

  return {
    getState: core.getState,
    subscribe: core.subscribe,
    fire: async (request, {stop, onProgress} = {}) => {
      lastActivity = Date.now();
      const keys = new Map<number, number>();
      const progress = {sent: 0, answered: 0, skipped: 0, failed: 0, cold: 0};
      const tell = (): void => onProgress?.({...progress});
      await fireRequests({
        apiUrl,
        lambda,
        functionName,
        request,
        ...(authToken !== undefined && {authToken}),
        ...(stop && {stop}),
        signal,
        onDate,
        onSent: key => {
          keys.set(key, nextKey);
          const {sleepMs, via} = request;
          take([
            message<RequestMessage>({
              type: 'request',
              key: nextKey,
              sentAt: now(),
              ...(sleepMs && {sleepMs}),
              ...(via === 'invoke' && {via}),
            }),
          ]);
          nextKey += 1;
          if (key === 0) core.flush();
          progress.sent += 1;
          tell();
        },
        onResponse: (response, key) => {
          lastActivity = Date.now();
          take([{...response, key: keys.get(key)!} satisfies AnswerMessage]);
          keys.delete(key);
          progress.answered += 1;
          if (isFailed(response)) progress.failed += 1;
          if (response.cold) progress.cold += 1;
          tell();
        },
        onSkipped: () => {
          progress.skipped += 1;
          tell();
        },
      });
    },
    forceShutdown: async (request, giveUp) => {
      const live = core.environments().list.filter(isLive);
      const expected = live.filter(one => request.how === 'update' || one.state === 'idle').map(one => one.id);
      lastActivity = Date.now();
      const tell = (said: ShutdownMessage): void => {
        take([said]);
        core.flush();
      };
      tell(message({type: 'shutdown', status: 'ordered', startedAt: now(), expected, ...request}));
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
          onSeen: seen => tell(message({type: 'shutdown', status: 'seen', ...seen})),
          signal,
          ...(giveUp && {giveUp}),
        });
      } finally {
        const gaveUp = giveUp?.aborted === true;
        tell(message({type: 'shutdown', status: 'finished', ...(gaveUp && {gaveUp})}));
      }
    },
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
