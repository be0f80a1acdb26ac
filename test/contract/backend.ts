import type {Traffic} from '../../src/local/wire/traffic.ts';

/** Something that answers AWS calls. */
export type Backend = {
  name: string;
  /** Whether GET /hello gets an answer from a function. */
  runsFunctions: boolean;
  /** Whether UpdateTable makes and drops indexes. */
  changesIndexes: boolean;
  /** Whether a REST API that is there can be tagged. */
  tagsApis: boolean;
  /** Whether calls can meet something on their way; else a client has to put it around them. */
  hasWay: boolean;
  /** Whether a whole deployment takes less than a tenth of a second. */
  isFast: boolean;
  /** Why it cannot be had on this machine. */
  unavailable(): string | undefined;
  /** `traffic`: what happens to the calls on their way, where `hasWay` says that this can be had. */
  start(traffic?: Traffic): Promise<RunningBackend>;
};

export type RunningBackend = {
  endpoint: string;
  stop(): Promise<void>;
};
