import type {LogLine} from '../../logs/log-sink.ts';
import type {JsonLogging} from './log-levels.ts';

/** All that an execution environment needs to know of its function; fixed for its whole life. */
export type EnvironmentSpec = {
  account: string;
  region: string;
  functionName: string;
  functionVersion: string;
  functionArn: string;
  runtime: string;
  handler: string;
  memoryMb: number;
  timeoutMs: number;
  /** The customer's variables. */
  variables: Readonly<Record<string, string>>;
  /** Unpacked code, read-only and shared by all environments of the version. */
  codeFolder: string;
  /** Merged layers, likewise; what becomes /opt. */
  layersFolder: string;
  logGroup: string;
  /** `YYYY/MM/DD/[$LATEST]<32 hex>`; the environment keeps it over resets. */
  logStream: string;
  /** The JSON log format; absent: Text. */
  jsonLogging?: JsonLogging;
  initializationType: 'on-demand';
  /** For AWS_ENDPOINT_URL. */
  endpoint: string;
};

export type Invocation = {
  requestId: string;
  payload: Uint8Array;
  /** As the caller wrote it, qualifier included. */
  invokedFunctionArn: string;
  contentType?: string;
  clientContext?: string;
  traceId?: string;
};

/** What the caller of a synchronous Invoke sees. */
export type InvokeAnswer = {payload: Uint8Array; functionError?: 'Unhandled'};

/** `answer` settles when the caller may be answered, `done` when the environment can take the next event or is gone. */
export type RunningInvocation = {answer: Promise<InvokeAnswer>; done: Promise<{lines: LogLine[]}>};

export type ShutdownReason = 'spindown' | 'timeout' | 'failure';
export type EnvironmentState = 'init' | 'ready' | 'invoking' | 'shutting-down' | 'gone';

/** How an extension left in a shutdown phase. */
export type ExtensionEnd = {
  name: string;
  /**
   * `exited` with code 0 or `failed` with another, both within the budget; `killed` at its end; `unsubscribed`: killed
   * at once, as it asked for no SHUTDOWN; `gone` before the phase began.
   */
  outcome: 'exited' | 'failed' | 'killed' | 'unsubscribed' | 'gone';
  /** Whether it took SHUTDOWN from the Extensions API. */
  delivered: boolean;
  /** From SHUTDOWN to its end. */
  ms: number;
};

/** A change of state, told to whoever watches `lifecycle-tui local`. */
export type Transition = {
  at: string;
  environment: string;
  functionName: string;
  /** Left out for `$LATEST`. */
  functionVersion?: string;
  from: EnvironmentState;
  to: EnvironmentState;
  requestId?: string;
  reason?: ShutdownReason;
  /** How long it was in `from`. */
  ms: number;
  /** Into `invoking`: whether it is the first invocation of these processes. */
  cold?: boolean;
  /** What went wrong in `from`: `Runtime.ExitError`, `Sandbox.Timedout`, what the handler threw, … */
  errorType?: string;
  /** Into `shutting-down`: ms for the whole phase; nothing when no extension has registered. */
  budgetMs?: number;
  /** Out of `shutting-down`, the external ones. */
  extensions?: ExtensionEnd[];
};

/** One execution environment: its processes, its folders, its API server. */
export type ExecutionEnvironment = {
  /** The 32 hex digits of its log stream. */
  readonly id: string;
  readonly state: EnvironmentState;
  /** Starts the processes; resolves at the end of the init phase, also when it failed (the first invoke then inits again). */
  init(): Promise<void>;
  /** Only in state `ready`. */
  invoke(invocation: Invocation): RunningInvocation;
  /** The whole shutdown sequence; resolves when no process and no folder is left. Safe to call in any state, and twice. */
  shutdown(reason: ShutdownReason): Promise<void>;
};
