import {type Environments, emptyEnvironments} from '../../lifecycle/environment.ts';
import type {
  ApiMessage,
  DeliveryMessage,
  EventMessage,
  LogMessage,
  Message,
  NoticeMessage,
  ResponseMessage,
} from '../../lifecycle/message.ts';
import {reduceEnvironments} from '../../lifecycle/reduce-environments.ts';
import {noScores} from '../../lifecycle/score.ts';
import {addInOrder} from '../in-order.ts';
import {plainLine} from '../logs/kept-line.ts';
import {createKeptLines} from '../logs/kept-lines.ts';
import {createStreamJoin} from '../logs/stream-join.ts';
import {noLatencies} from '../requests/latency-window.ts';
import {createRequestRows} from '../requests/request-rows.ts';
import {noTraffic} from '../requests/traffic.ts';
import type {RequestRow, SessionState} from './session-state.ts';

/** The screen is drawn anew after each commit, so commits are rationed; lines are not. */
const commitEveryMs = 200;
const kept = {events: 20_000, deliveries: 5_000, api: 5_000, notices: 500};

export type SessionStore = {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Folds messages in; seen at the next commit. Returns them as they were folded: log lines with their environment. */
  add(messages: readonly Message[]): Message[];
  requestSent(key: number, at: number, how?: Pick<RequestRow, 'sleepMs' | 'via'>): void;
  requestAnswered(key: number, response: ResponseMessage): void;
  /** Replaces members of the state; seen at the next commit. */
  update(change: Partial<SessionState>): void;
  /** As of now; the state has them at the next commit. */
  environments(): Environments;
  /** Commits now: for what follows a key press. */
  flush(): void;
  close(): void;
};

/**
 * The session's state: collects what arrives and commits it as a new object at most 5 times a second; what is reckoned
 * from all of it is updated by `beforeCommit`.
 */
export function createSessionStore(beforeCommit: () => void = () => {}): SessionStore {
  const join = createStreamJoin();
  const listeners = new Set<() => void>();
  const pending = createPending();
  const keptLines = createKeptLines();
  const requests = createRequestRows();
  let state = emptyState();
  let environments: Environments = state.environments;
  let joinedStreams = new Set<string>();
  let changes: Partial<SessionState> = {};
  let timer: NodeJS.Timeout | undefined;
  let lastCommit = 0;

  const commit = (): void => {
    beforeCommit();
    clearTimeout(timer);
    timer = undefined;
    lastCommit = Date.now();
    const next: SessionState = {
      ...state,
      ...changes,
      environments,
      events: addInOrder(state.events, pending.events, event => event.timestamp, kept.events),
      logs: withLines(),
      deliveries: addInOrder(state.deliveries, pending.deliveries, delivery => delivery.at, kept.deliveries),
      api: append(state.api, pending.api, kept.api),
      notices: append(state.notices, pending.notices, kept.notices),
      ...requests.changed(),
    };
    if (next.live) delete next.problem;
    state = next;
    changes = {};
    joinedStreams = new Set();
    Object.assign(pending, createPending());
    for (const listener of listeners) listener();
  };
  const withLines = (): SessionState['logs'] => {
    keptLines.add(pending.logs);
    return keptLines.join(joinedStreams, join.environmentOf);
  };
  const schedule = (): void => {
    timer ??= setTimeout(commit, Math.max(0, lastCommit + commitEveryMs - Date.now()));
  };

  const fold = (message: Message): Message => {
    const joined = joinWith(join, message);
    for (const stream of joined) {
      joinedStreams.add(stream);
      // Tells the environment its stream, whatever message the join came from.
      const line =
        pending.logs.findLast(one => one.stream === stream) ?? state.logs.findLast(one => one.stream === stream);
      const environmentId = join.environmentOf(stream);
      if (line && environmentId !== undefined)
        environments = reduceEnvironments(environments, {...plainLine(line), environmentId});
    }
    const known = message.type === 'log' ? labelled(message, join.environmentOf(message.stream)) : message;
    environments = reduceEnvironments(environments, known);
    if (known.type === 'event') pending.events.push(known);
    else if (known.type === 'log') pending.logs.push(known);
    else if (known.type === 'delivery') pending.deliveries.push(known);
    else if (known.type === 'api') pending.api.push(known);
    else if (known.type === 'notice') pending.notices.push(known);
    return known;
  };

  return {
    getState: () => state,
    subscribe: listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add: messages => {
      schedule();
      return messages.map(fold);
    },
    requestSent: (key, at, how) => {
      requests.sent(key, at, how);
      schedule();
    },
    requestAnswered: (key, response) => {
      requests.answered(key, response);
      schedule();
    },
    update: ({environments: replaced = environments, ...others}) => {
      environments = replaced;
      changes = {...changes, ...others};
      schedule();
    },
    environments: () => environments,
    flush: commit,
    close: () => {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}

type Pending = {
  events: EventMessage[];
  logs: LogMessage[];
  deliveries: DeliveryMessage[];
  api: ApiMessage[];
  notices: NoticeMessage[];
};

function createPending(): Pending {
  return {events: [], logs: [], deliveries: [], api: [], notices: []};
}

function emptyState(): SessionState {
  return {
    environments: emptyEnvironments,
    forecasts: new Map(),
    scores: noScores,
    requests: [],
    requestCounts: {sent: 0, underWay: 0, failed: 0, cold: 0},
    latencies: noLatencies,
    traffic: noTraffic,
    events: [],
    logs: [],
    deliveries: [],
    api: [],
    notices: [],
    ordered: new Map(),
    functionChanges: [],
    live: true,
    clockOffsetMs: 0,
  };
}

function joinWith(join: ReturnType<typeof createStreamJoin>, message: Message): string[] {
  if (message.type === 'event') return join.addEvent(message);
  if (message.type === 'response') return join.addResponse(message);
  return message.type === 'log' ? join.addLog(message) : [];
}

function labelled(line: LogMessage, environmentId: string | undefined): LogMessage {
  return environmentId === undefined ? line : {...line, environmentId};
}

function append<T>(list: readonly T[], added: readonly T[], limit: number): readonly T[] {
  return added.length === 0 ? list : [...list, ...added].slice(-limit);
}
