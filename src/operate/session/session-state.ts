import type {Environments} from '../../lifecycle/environment.ts';
import type {Forecast} from '../../lifecycle/forecast.ts';
import type {ApiMessage, DeliveryMessage, EventMessage, LogMessage, NoticeMessage} from '../../lifecycle/message.ts';
import type {Scores} from '../../lifecycle/score.ts';
import type {ShutdownWay} from '../../lifecycle/session-message.ts';
import type {Latencies} from '../requests/latency-window.ts';
import type {Traffic} from '../requests/traffic.ts';
import type {Rows} from '../rows.ts';

/** One fired request; `status` is missing while it is under way, 0 when no answer came. Times are epoch ms on AWS's clock. */
export type RequestRow = {
  key: number;
  sentAt: number;
  /** How long it was told to take, ms. */
  sleepMs?: number;
  /** Sent as a direct Invoke, not through the API. */
  via?: 'invoke';
  /** How many of ours were under way when it was sent. */
  ahead: number;
  status?: number;
  latencyMs?: number;
  requestId?: string;
  environmentId?: string;
  cold?: boolean;
  /** How many its environment had served with it, over all of its generations. */
  invocation?: number;
  error?: string;
};

/** Progress of the last force SHUTDOWN. */
export type ShutdownProgress = {
  how: ShutdownWay;
  /** How long the ends are waited for after the order. */
  waitMs: number;
  /** Epoch ms on AWS's clock. */
  startedAt: number;
  expected: readonly string[];
  seen: readonly {environmentId: string; reason: string; latencyMs: number}[];
  /** `true` once all came or the wait is over. */
  finished: boolean;
  /** The wait ended on the user's word. */
  gaveUp?: boolean;
};

/** Everything the dashboard draws. A new object per commit; the arrays are oldest first and never mutated. */
export type SessionState = {
  environments: Environments;
  /** By environment id, for idle ones only. */
  forecasts: ReadonlyMap<string, Forecast>;
  /** For an environment that begins to idle now; absent until something has been read. */
  expectation?: Forecast;
  scores: Scores;
  requests: readonly RequestRow[];
  requestCounts: {sent: number; underWay: number; failed: number; cold: number};
  /** Of the last answers. */
  latencies: Latencies;
  traffic: Traffic;
  events: readonly EventMessage[];
  logs: Rows<LogMessage>;
  /** Webhook requests that a receiver of ours has taken. */
  deliveries: readonly DeliveryMessage[];
  api: readonly ApiMessage[];
  notices: readonly NoticeMessage[];
  shutdown?: ShutdownProgress;
  /** When the end of these environments was ordered from here, by id; epoch ms on AWS's clock. */
  ordered: ReadonlyMap<string, number>;
  /** When the function was changed, from here or as far as it has been read; epoch ms on AWS's clock, in the order heard of. */
  functionChanges: readonly number[];
  /** False after polls failed; `problem` says why, in words for the user. */
  live: boolean;
  problem?: string;
  /** AWS's clock minus ours, ms. */
  clockOffsetMs: number;
};

export type FireRequest = {
  /** With a rate it may be infinite. */
  count: number;
  concurrency: number;
  sleepMs?: number;
  /** Per second; without it as fast as the concurrency allows. */
  rate?: number;
  via?: 'api' | 'invoke';
};

/** How far a run of requests is. `skipped`: due by its rate while all its slots were under way, and not sent. */
export type FireProgress = {sent: number; answered: number; skipped: number; failed: number; cold: number};

export type FireControl = {
  /** Sends no more; what is under way is waited for. */
  stop?: AbortSignal;
  onProgress?: (progress: FireProgress) => void;
};
export type ShutdownRequest = {how: ShutdownWay; waitMs: number};
export type ShutdownOutcome = {
  ok: boolean;
  shutdowns: {environmentId: string; reason: string; latencyMs: number}[];
  /** Environment ids. */
  missing: string[];
};

/** An open look at one deployed stack: state in, orders out. */
export type Session = {
  getState(): SessionState;
  /** Called after each commit, at most 5 times a second, at once after an order. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void;
  /** Resolves when all answers have come. */
  fire(request: FireRequest, control?: FireControl): Promise<void>;
  /** `giveUp` ends the waiting; what was ordered stays ordered. */
  forceShutdown(request: ShutdownRequest, giveUp?: AbortSignal): Promise<ShutdownOutcome>;
  close(): Promise<void>;
};
