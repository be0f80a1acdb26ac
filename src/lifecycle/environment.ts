/** Where the end of the last invocation came from, best first; `timeout` is the latest it can have been. */
export type IdleSource = 'report' | 'response' | 'parked' | 'timeout';

/** One stretch of the environment's life, for its timeline. Epoch ms; no `endedAt` while it lasts or when it is unknown. */
export type Activity = {
  kind: 'invoke' | 'shutdown';
  requestId?: string;
  invocation: number;
  startedAt: number;
  endedAt?: number;
  /** Who told its end. */
  endedBy?: 'report' | 'response';
  cold?: boolean;
  /** Of the event that told of it; absent where the event has none. */
  sequence?: number;
  /** INVOKE, cold: what its REPORT, else its response, says of the init before it, ms. */
  initMs?: number;
};

/**
 * What is known of one execution environment, folded from events, log lines and responses.
 * `invoke`: an INVOKE has been seen and not its end; `gone`: its SHUTDOWN has been seen. After SHUTDOWN with `timeout` or
 * `failure` it is `reset`: Lambda keeps its `/tmp` and sets it up again with its next INVOKE, if there is one; nothing
 * tells when it drops it.
 */
export type Environment = {
  id: string;
  functionName: string;
  /** Epoch ms. */
  startedAt: number;
  state: 'invoke' | 'idle' | 'reset' | 'gone';
  generation: number;
  initType: string;
  /** Its first INVOKE came over 10 s after the start. */
  proactive: boolean;
  invocations: number;
  lastRequestId?: string;
  /** Epoch ms of the INVOKE being served; only in state `invoke`. */
  busySince?: number;
  /** Epoch ms of the end of the last invocation; not in state `invoke`. */
  idleSince?: number;
  idleSource?: IdleSource;
  /** How long its first init took, ms, and when it began as its log stream says. */
  initMs?: number;
  initStartedAt?: number;
  /** Events that the sequence says exist and that have not been seen. */
  missing: number;
  /** What `missing` is counted from. */
  sequence: {first: number; last: number; seen: number};
  logStream?: string;
  shutdown?: {at: number; reason: string; idleMs?: number};
  /** Oldest first, the last 200. */
  activities: readonly Activity[];
};

/** Whether what runs in it still does, as far as is known. */
export const isLive = ({state}: Pick<Environment, 'state'>): boolean => state === 'invoke' || state === 'idle';

/** A log stream that has begun and whose environment has told nothing yet. */
export type Starting = {
  state: 'init';
  stream: string;
  functionName: string;
  /** Epoch ms of its INIT_START, and of its first START. */
  startedAt: number;
  invokedAt?: number;
};

/** The end of an invocation that was heard of before the invocation itself. */
export type InvocationEnd = {at: number; source: 'report' | 'response'; initMs?: number};

/** All environments of one function, and how many of those that have ended, beyond 500, were folded away. */
export type Environments = {
  /** Oldest first; at most 500 of them have ended. */
  list: readonly Environment[];
  foldedGone: number;
  /** Oldest first. */
  starting: readonly Starting[];
  /** Ends still waiting for their INVOKE, by request id or by environment id and invocation; the last 500. */
  waitingEnds: ReadonlyMap<string, InvocationEnd>;
  /**
   * Which environment serves an invocation, by the same keys. All states that follow from one another share it: who
   * serves an invocation never changes.
   */
  servedBy?: Map<string, string>;
};

export const emptyEnvironments: Environments = {list: [], foldedGone: 0, starting: [], waitingEnds: new Map()};
