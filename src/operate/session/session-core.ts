import {type Environments, isLive} from '../../lifecycle/environment.ts';
import {awsPrior, windowPrior} from '../../lifecycle/forecast.ts';
import type {KeptEnd} from '../../lifecycle/kept-end.ts';
import {settleOverdue} from '../../lifecycle/reduce-environments.ts';
import type {SessionMessage, ShutdownMessage} from '../../lifecycle/session-message.ts';
import {createLifetimes} from '../forecast/lifetimes.ts';
import {createNewlyIdle} from '../forecast/newly-idle.ts';
import type {SessionState, ShutdownProgress} from './session-state.ts';
import {createSessionStore} from './session-store.ts';

/** How often countdowns are reckoned anew, ms. */
export const tickMs = 1_000;

const keptChanges = 200;
const keptOrdered = 1_000;

export type SessionCoreOptions = {
  /** This machine's time, epoch ms: now in a live session, then in a recorded one. */
  clock: () => number;
  /** The embedded AWS's setting; without it the published lifetimes are what a forecast starts from. */
  idleWindow?: {minMs: number; maxMs: number};
  /** Hears of everything taken, as it was folded: log lines with their environment. */
  record?: (message: SessionMessage) => void;
};

export type SessionCore = {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Folds in what has come, in this order; seen at the next commit. */
  take(messages: readonly SessionMessage[]): void;
  /** Ends overdue invocations and reckons the forecasts; to be called every second. */
  tick(): void;
  /** As of now; the state has them at the next commit. */
  environments(): Environments;
  /** How the environments of this session ended, as far as it says something about idle lifetimes. */
  ends(): readonly KeptEnd[];
  /** AWS's time, epoch ms. */
  now(): number;
  /** Commits now: for what follows a key press. */
  flush(): void;
  close(): void;
};

/** What a session knows and what follows from it, without a source: messages in, state out. */
export function createSessionCore({clock, idleWindow, record = () => {}}: SessionCoreOptions): SessionCore {
  const prior = idleWindow ? windowPrior(idleWindow.minMs, idleWindow.maxMs) : awsPrior;
  const lifetimes = createLifetimes(prior);
  const store = createSessionStore(() => {
    if (isStale) foresee(store.environments());
  });
  const newlyIdle = createNewlyIdle();
  const openedAt = clock();
  let offsetMs = 0;
  let isStale = false;
  let shutdown: ShutdownProgress | undefined;
  let ordered: ReadonlyMap<string, number> = new Map();
  let functionChanges: readonly number[] = [];

  const now = (): number => clock() + offsetMs;
  const foresee = (environments: Environments): void => {
    isStale = false;
    store.update({environments, ...lifetimes.foresee(environments.list, now(), clock() - openedAt)});
  };

  /** All of them are kept: what a request met is explained by the change before it, whatever came after. */
  const changed = (at: number): void => {
    if (functionChanges.includes(at)) return;
    functionChanges = [...functionChanges, at].slice(-keptChanges);
    store.update({functionChanges});
  };

  const fold = (message: SessionMessage): SessionMessage => {
    switch (message.type) {
      case 'request': {
        const {key, sentAt, sleepMs, via} = message;
        store.requestSent(key, sentAt, {...(sleepMs !== undefined && {sleepMs}), ...(via && {via})});
        return message;
      }
      case 'response':
        if ('key' in message && message.key !== undefined) store.requestAnswered(message.key, message);
        // The end of an invocation, on the clock that its events and log lines have.
        store.add([{...message, at: new Date(Date.parse(message.at) + offsetMs).toISOString()}]);
        return message;
      case 'clock':
        offsetMs = message.offsetMs;
        store.update({clockOffsetMs: offsetMs});
        return message;
      case 'problem':
        store.update(message.text === undefined ? {live: true} : {live: false, problem: message.text});
        return message;
      case 'function': {
        const {environments, ...facts} = message;
        if (facts.lastModified !== undefined) changed(facts.lastModified);
        const ids = new Set(environments);
        lifetimes.learn(
          facts,
          store.environments().list.filter(one => !isLive(one) && ids.has(one.id)),
        );
        if (ids.size > 0) store.update({scores: lifetimes.scores()});
        return message;
      }
      case 'earlier':
        lifetimes.recall(message.ends, message.teaches);
        store.update({scores: lifetimes.scores()});
        return message;
      case 'shutdown':
        shutdown = withShutdown(shutdown, message);
        if (message.status === 'ordered') {
          const {how = 'update', startedAt, expected} = message;
          lifetimes.forced(startedAt);
          if (how === 'update') {
            changed(startedAt);
            ordered = newest([...ordered, ...expected.map((id): [string, number] => [id, startedAt])]);
          }
        }
        if (shutdown) store.update({shutdown, ordered});
        return message;
      default:
        return store.add([message])[0]!;
    }
  };

  return {
    getState: store.getState,
    subscribe: store.subscribe,
    take(messages) {
      for (const message of messages) record(fold(message));
      const {list} = store.environments();
      const idle = newlyIdle(list);
      if (idle.length === 0) return;
      // Not left to the tick: a countdown starts with the commit that shows its environment idle.
      lifetimes.foresee(list, now(), clock() - openedAt, idle);
      isStale = true;
    },
    tick: () => foresee(settleOverdue(store.environments(), now(), lifetimes.functionTimeoutMs())),
    environments: store.environments,
    ends: lifetimes.ends,
    now,
    flush: store.flush,
    close: store.close,
  };
}

const newest = (entries: readonly [string, number][]) => new Map(entries.slice(-keptOrdered));

function withShutdown(before: ShutdownProgress | undefined, message: ShutdownMessage): ShutdownProgress | undefined {
  switch (message.status) {
    case 'ordered': {
      const {how = 'update', waitMs = 0, startedAt, expected} = message;
      return {how, waitMs, startedAt, expected, seen: [], finished: false};
    }
    case 'seen': {
      const {environmentId, reason, latencyMs} = message;
      return before && {...before, seen: [...before.seen, {environmentId, reason, latencyMs}]};
    }
    case 'finished':
      return before && {...before, finished: true, ...(message.gaveUp && {gaveUp: true})};
  }
}
