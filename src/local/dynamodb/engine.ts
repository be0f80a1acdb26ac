import type {RawResponse} from '../wire/service.ts';

/** One request as the engine wants it: DynamoDB's JSON protocol, header names in lower case. */
export type EngineRequest = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  /** Whose tables are meant; those of different stores know nothing of each other. */
  store?: string;
};

/**
 * What stores the tables. The rest of this folder talks to nothing else, so that it can be replaced.
 * `send` always resolves: what goes wrong becomes an answer of DynamoDB's own kind.
 */
export type Engine = {
  send(request: EngineRequest): Promise<RawResponse>;
  /** Tells that the engine died and was started again without its tables; `reason` is for people. */
  onRestart(listener: (reason: string) => void): void;
  close(): Promise<void>;
};
