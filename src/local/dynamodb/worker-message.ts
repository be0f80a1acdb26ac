import type {EngineRequest} from './engine.ts';

/** What the worker is started with. Delays in ms. */
export type WorkerOptions = {tableDelayMs: number};

/** Main thread to worker. The body as text: bytes of a small body are a piece of a larger buffer, and all of that would be copied. */
export type WorkerRequest = Omit<EngineRequest, 'body'> & {id: number; body: string};

/** Worker to main thread; `ready` once, when requests may be sent. */
export type WorkerReply =
  | {type: 'ready'}
  | {type: 'answer'; id: number; status: number; headers: Record<string, string>; body: string};
