import {awsCallRates, awsLatencyMs, type CallRate, type Span} from './like-aws.ts';
import {scaled} from './time-scale.ts';

/** Every delay, budget, rate and limit of the embedded AWS, in ms unless said otherwise. One table, scaled as a whole by tests. */
export type Settings = {
  behaviour: 'default' | 'aws';
  /** How long an idle environment lives, and the spread around it as a share (0.1 = ± 10 %). */
  idleMs: number;
  idleSpread: number;
  initLimitMs: number;
  /** Stop an environment's processes (SIGSTOP) between events, as Lambda freezes them. */
  freeze: boolean;
  /** From the end of an invoke phase to that: the next event of one who calls in a row finds the processes running. */
  freezeDelayMs: number;
  /** The whole shutdown phase with an external extension / only internal ones / none. */
  shutdownBudgetMs: {external: number; internal: number; none: number};
  /** The runtime's share of it between SIGTERM and SIGKILL. */
  sigtermShareMs: {external: number; internal: number};
  maxExtensions: number;
  /** The Telemetry and Logs APIs. */
  telemetry: {
    /** What a subscriber may ask for, and gets when it does not. */
    maxItems: {least: number; most: number; usual: number};
    maxBytes: {least: number; most: number; usual: number};
    timeoutMs: {least: number; most: number; usual: number};
    /** How long a consumer may take over one delivery. */
    deliveryMs: number;
    /** Waits before a delivery that failed is tried again; after the last the events are dropped. */
    retryMs: readonly number[];
    /** What waits for one consumer, or for a late subscriber; more is dropped. */
    queueLimitBytes: number;
    /** The share of a shutdown in which the rest is delivered before SHUTDOWN. */
    flushMs: number;
  };
  responseLimitBytes: number;
  requestLimitBytes: number;
  asyncRequestLimitBytes: number;
  logTailBytes: number;
  accountConcurrency: number;
  /** Environments being started at once; more wait their turn (two node boots each). */
  concurrentStarts: number;
  /** Unpacked size of code plus layers. */
  unpackedLimitBytes: number;
  /** `Pending` after CreateFunction, and `InProgress` after an update. */
  functionCreateMs: number;
  functionUpdateMs: number;
  /** Waits before the retries of an asynchronous invoke that failed; AWS waits 60 and 120 s. */
  asyncRetryMs: readonly number[];
  /** Waits while an asynchronous invoke is throttled, doubled from `first` to `most`, given up after `age`. */
  asyncThrottleMs: {first: number; most: number; age: number};
  ttlSweepMs: number;
  /** Create, delete and update of a table. */
  tableDelayMs: number;
  /** From the making of a role until Lambda may assume it; the second for a name that was a role's before. */
  rolePropagationMs: number;
  roleRememberedMs: number;
  /** How long a function's resource policy is being written; other changes of it are refused meanwhile. */
  policyWriteMs: number;
  /** After a stage was made its calls are 403 for the first half of this, 500 for the second. */
  stageSettleMs: number;
  /** From a line's writing until CloudWatch Logs shows it. */
  logFlushMs: number;
  /** How much longer idle environments live after the update or deletion of their function. */
  retireMs: Span;
  /** Tables with indexes that may be made at once. */
  indexedTablesAtOnce: number;
  /** How long a table takes no second change of its time to live. */
  ttlChangeMs: number;
  /** What a control-plane call takes, by service and operation; none when absent. */
  latencyMs: Readonly<Record<string, Readonly<Record<string, Span>> & {readonly other: Span}>>;
  /** Spreads latencies within their spans; without it all take the middle. */
  latencySeed?: number;
  callRates: readonly CallRate[];
};

/** Lambda's documented limits with the shortest delays that are still visible. */
export const defaultSettings: Settings = {
  behaviour: 'default',
  idleMs: 20_000,
  idleSpread: 0.1,
  initLimitMs: 10_000,
  freeze: true,
  freezeDelayMs: 10,
  shutdownBudgetMs: {external: 2_000, internal: 500, none: 0},
  sigtermShareMs: {external: 300, internal: 500},
  maxExtensions: 10,
  telemetry: {
    maxItems: {least: 1_000, most: 10_000, usual: 10_000},
    maxBytes: {least: 262_144, most: 1_048_576, usual: 262_144},
    timeoutMs: {least: 25, most: 30_000, usual: 1_000},
    deliveryMs: 1_000,
    retryMs: [100, 200, 400],
    queueLimitBytes: 4_194_304,
    flushMs: 500,
  },
  responseLimitBytes: 6_291_556,
  requestLimitBytes: 6_291_456,
  asyncRequestLimitBytes: 1_048_576,
  logTailBytes: 4_096,
  accountConcurrency: 1_000,
  concurrentStarts: 4,
  unpackedLimitBytes: 262_144_000,
  functionCreateMs: 100,
  functionUpdateMs: 100,
  asyncRetryMs: [1_000, 2_000],
  asyncThrottleMs: {first: 1_000, most: 300_000, age: 21_600_000},
  ttlSweepMs: 5_000,
  tableDelayMs: 100,
  rolePropagationMs: 0,
  roleRememberedMs: 0,
  policyWriteMs: 0,
  stageSettleMs: 0,
  logFlushMs: 0,
  retireMs: [0, 0],
  indexedTablesAtOnce: Number.POSITIVE_INFINITY,
  ttlChangeMs: 3_600_000,
  latencyMs: {},
  callRates: [],
};

/** Where AWS itself takes longer: the idle lifetimes that were published (328 to 400 s), and what its users wait for. */
const awsDelays: Partial<Settings> = {
  behaviour: 'aws',
  idleMs: 364_000,
  functionCreateMs: 2_000,
  functionUpdateMs: 1_500,
  asyncRetryMs: [60_000, 120_000],
  ttlSweepMs: 600_000,
  tableDelayMs: 7_000,
  rolePropagationMs: 8_000,
  roleRememberedMs: 1_500,
  policyWriteMs: 250,
  stageSettleMs: 2_000,
  logFlushMs: 3_000,
  retireMs: [2_000, 360_000],
  indexedTablesAtOnce: 1,
  latencyMs: awsLatencyMs,
  callRates: awsCallRates,
};

/**
 * The whole table: of the behaviour that is asked for, with whatever else is asked for. `timeScale` (0.05: twenty times as
 * fast) multiplies every delay, latency, interval and idle lifetime of the behaviour alike; the limits of Lambda's phases stay.
 */
export function settingsFor({timeScale = 1, ...wanted}: WantedSettings = {}): Settings {
  const behaviour = {...defaultSettings, ...(wanted.behaviour === 'aws' ? awsDelays : {})};
  return {...behaviour, ...(timeScale === 1 ? {} : scaled(behaviour, timeScale)), ...wanted};
}

export type WantedSettings = Partial<Settings> & {timeScale?: number};
