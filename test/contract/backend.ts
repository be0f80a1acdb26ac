/** Something that answers AWS calls. */
export type Backend = {
  name: string;
  /** Whether GET /hello gets an answer from a function. */
  runsFunctions: boolean;
  /** Whether UpdateTable makes and drops indexes. */
  changesIndexes: boolean;
  /** Why it cannot be had on this machine. */
  unavailable(): string | undefined;
  start(): Promise<RunningBackend>;
};

export type RunningBackend = {
  endpoint: string;
  stop(): Promise<void>;
};
