/** Every delay, budget, rate and limit of the embedded AWS, in ms unless said otherwise. One table, scaled as a whole by tests. */
export type Settings = {
  behaviour: 'default' | 'aws';
  /** How long an idle environment lives, and the spread around it as a share (0.1 = ± 10 %). */
  idleMs: number;
  idleSpread: number;
  initLimitMs: number;
  /** Stop an environment's processes (SIGSTOP) between events, as Lambda freezes them. */
  freeze: boolean;
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
  /** From the making of a role until Lambda may assume it. */
  rolePropagationMs: number;
};

/** Lambda's documented limits with the shortest delays that are still visible. */
export const defaultSettings: Settings = {
  behaviour: 'default',
  idleMs: 20_000,
  idleSpread: 0.1,
  initLimitMs: 10_000,
  freeze: true,
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
};

/** Where AWS itself takes longer: the idle lifetimes that were published (328 to 400 s), and what its users wait for. */
const awsDelays: Partial<Settings> = {
  behaviour: 'aws',
  idleMs: 364_000,
  ttlSweepMs: 600_000,
  tableDelayMs: 7_000,
  rolePropagationMs: 8_000,
};

/** The whole table: of the behaviour that is asked for, with whatever else is asked for. */
export function settingsFor(wanted: Partial<Settings> = {}): Settings {
  return {...defaultSettings, ...(wanted.behaviour === 'aws' ? awsDelays : {}), ...wanted};
}
