/** How a process ended. */
export type Exit = {code: number} | {signal: string};

export type Launch = {
  /** Program and arguments, in paths of the sandbox. */
  command: readonly string[];
  /** In paths of the sandbox. */
  cwd: string;
  /** The whole environment of the process: nothing is inherited. */
  variables: Readonly<Record<string, string>>;
  /** Each line of standard output and standard error, without its end. */
  onLine(line: string): void;
  /** Its standard input stays open until `release`; otherwise it is empty. */
  gated?: boolean;
};

export type SandboxedProcess = {
  /** On the host. Leads a process group of its own. */
  readonly pid: number;
  /** Settles after its output was read, and never rejects: what cannot be started ends with code 126 or 127. */
  readonly exited: Promise<Exit>;
  readonly running: boolean;
  /** To the whole process group. */
  signal(signal: NodeJS.Signals): void;
  /** Gives a gated process one line on standard input, and closes that. */
  release(): void;
};

/** Where an environment's folders are, as its processes see them. */
export type SandboxPaths = {task: string; opt: string; tmp: string; runtime: string; node: string};

/** The isolation of one execution environment: folders, and every process started in them. */
export type Sandbox = {
  readonly paths: SandboxPaths;
  start(launch: Launch): SandboxedProcess;
  /** Stops everything inside (SIGSTOP). */
  freeze(): void;
  /** Lets it go on; resolves when that and every `freeze` before it have been carried out. */
  thaw(): Promise<void>;
  /** Ends every process inside, daemons too; resolves when they are gone. The folders stay. */
  killAll(): Promise<void>;
  /** As `killAll`, then removes the private folders. */
  remove(): Promise<void>;
};

export type Address = {host: string; port: number};

/** One way to isolate environments on this host. */
export type SandboxForm = {
  readonly kind: 'namespaces' | 'portable';
  /** Where an environment's API server should listen; the next one when an address is taken. */
  addresses(): Iterable<Address>;
  /** `id`: unique among the environments of this host process. `host`: what `sandbox.localdomain` is to name. */
  open(request: {id: string; codeFolder: string; layersFolder: string; host: string}): Promise<Sandbox>;
};

/** What both forms build on. */
export type SandboxHost = {
  /** Private to this host process; removed with it. */
  folder: string;
  /** Holds the runtime clients. */
  runtimeFolder: string;
  /** In the environment of every process of this host process, so that none can hide from the end. */
  token: string;
  /** Words for the user: what a layer or code counts on that is not here. */
  onNotice(text: string): void;
};

/** The variable that carries the token. */
export const tokenVariable = 'LIFECYCLE_SANDBOX';
