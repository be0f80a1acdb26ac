import {Worker} from 'node:worker_threads';
import type {RawResponse} from '../wire/service.ts';
import type {Engine} from './engine.ts';
import {errorAnswer} from './json-answer.ts';
import type {WorkerOptions, WorkerReply, WorkerRequest} from './worker-message.ts';

/** A request unanswered for so long gets a 500; the SDKs retry it. */
const deadlineMs = 5_000;
/** Deaths in a row, without one answer in between, after which it is left dead. */
const maxRestarts = 3;

type Pending = (answer: RawResponse) => void;

const serverError = () =>
  errorAnswer('InternalServerError', 'The request processing has failed because of an unknown error', 500);

/**
 * Runs the engine in a worker thread, spoken to by messages. Rejects when the worker cannot be started at all.
 * `file` is the built worker; table delays in ms.
 */
export async function startWorkerEngine(options: {
  file: URL;
  tableDelayMs: number;
  account: string;
  region: string;
  deadlineMs?: number;
}): Promise<Engine> {
  const pending = new Map<number, Pending>();
  const listeners: ((reason: string) => void)[] = [];
  let lastId = 0;
  let restarts = 0;
  let closed = false;
  let alive = true;
  let worker = await spawn();

  function spawn(): Promise<Worker> {
    const workerData: WorkerOptions = {tableDelayMs: options.tableDelayMs};
    const next = new Worker(options.file, {
      name: 'dynamodb',
      workerData,
      env: {AWS_ACCOUNT_ID: options.account, AWS_REGION: options.region},
      execArgv: [],
    });
    return new Promise((resolve, reject) => {
      let reason = 'it ended without a word';
      let ready = false;
      next.on('message', (reply: WorkerReply) => {
        if (reply.type === 'answer') return settle(reply);
        ready = true;
        resolve(next);
      });
      next.on('error', error => {
        reason = String(error);
      });
      next.on('exit', () => {
        if (ready) lost(reason);
        else reject(new Error(`The DynamoDB worker could not be started: ${reason}`));
      });
    });
  }

  function settle({id, status, headers, body}: Extract<WorkerReply, {type: 'answer'}>): void {
    restarts = 0;
    pending.get(id)?.({status, headers, body});
  }

  function lost(reason: string): void {
    alive = false;
    for (const answer of [...pending.values()]) answer(serverError());
    if (closed || restarts >= maxRestarts) return;
    restarts += 1;
    spawn().then(
      next => {
        worker = next;
        alive = true;
        for (const tell of listeners) tell(reason);
        if (closed) void next.terminate();
      },
      (error: Error) => lost(error.message),
    );
  }

  return {
    send(request) {
      if (!alive) return Promise.resolve(serverError());
      lastId += 1;
      const id = lastId;
      return new Promise(resolve => {
        const timer = setTimeout(() => pending.get(id)?.(serverError()), options.deadlineMs ?? deadlineMs);
        pending.set(id, answer => {
          clearTimeout(timer);
          pending.delete(id);
          resolve(answer);
        });
        const body = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength).toString();
        worker.postMessage({...request, id, body} satisfies WorkerRequest);
      });
    },
    onRestart(listener) {
      listeners.push(listener);
    },
    async close() {
      closed = true;
      await worker.terminate();
    },
  };
}
