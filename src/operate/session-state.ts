import type {Environments} from '../lifecycle/environment.ts';
import type {Forecast} from '../lifecycle/forecast.ts';
import type {ApiMessage, DeliveryMessage, EventMessage, LogMessage, NoticeMessage} from '../lifecycle/message.ts';
import type {Scores} from '../lifecycle/score.ts';

/** One fired request; `status` is missing while it is under way, 0 when no answer came. Times are epoch ms. */
export type RequestRow = {
  key: number;
  sentAt: number;
  status?: number;
  latencyMs?: number;
  requestId?: string;
  environmentId?: string;
  cold?: boolean;
  error?: string;
};

/** Progress of the last force SHUTDOWN. */
export type ShutdownProgress = {
  startedAt: number;
  expected: readonly string[];
  seen: readonly {environmentId: string; reason: string; latencyMs: number}[];
  /** `true` once all came or the wait is over. */
  finished: boolean;
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
  events: readonly EventMessage[];
  logs: readonly LogMessage[];
  /** Webhook requests that a receiver of ours has taken. */
  deliveries: readonly DeliveryMessage[];
  api: readonly ApiMessage[];
  notices: readonly NoticeMessage[];
  shutdown?: ShutdownProgress;
  /** False after polls failed; `problem` says why, in words for the user. */
  live: boolean;
  problem?: string;
  /** AWS's clock minus ours, ms. */
  clockOffsetMs: number;
};

export type FireRequest = {count: number; concurrency: number; sleepMs?: number; via?: 'api' | 'invoke'};
export type ShutdownRequest = {how: 'update' | 'timeout' | 'crash'; waitMs: number};
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
  fire(request: FireRequest): Promise<void>;
  forceShutdown(request: ShutdownRequest): Promise<ShutdownOutcome>;
  close(): Promise<void>;
};
