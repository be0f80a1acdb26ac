import type {EngineRequest} from './engine.ts';

/** What the worker is started with. Delays in ms. */
export type WorkerOptions = {tableDelayMs: number};

/** Main thread to worker. */
export type WorkerRequest = EngineRequest & {id: number};

/** Worker to main thread; `ready` once, when requests may be sent. */
export type WorkerReply =
  | {type: 'ready'}
  | {type: 'answer'; id: number; status: number; headers: Record<string, string>; body: string};
