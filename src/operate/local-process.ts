/** A running embedded AWS, in a child process of ours. */
export type LocalProcess = {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  pid: number;
  sandbox: 'namespaces' | 'portable';
  /** How long its idle environments live. */
  idleWindow: {minMs: number; maxMs: number};
  /** Settles when the process has ended, for whatever reason. */
  exited: Promise<void>;
  /** Gives every environment its SHUTDOWN, then ends the process. Safe to call twice. */
  stop(): Promise<void>;
};

/** Starts the embedded AWS on a free port with idle lifetime `idleMs`; rejects with the reason when it cannot. */
export type StartLocal = (options: {idleMs?: number; onNotice?: (text: string) => void}) => Promise<LocalProcess>;
