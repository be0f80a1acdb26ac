import {AsyncLocalStorage} from 'node:async_hooks';
import {EventEmitter} from 'node:events';
import {parentPort, workerData} from 'node:worker_threads';
import dynalite from 'dynalite';
import {guardBody} from './body-guard.ts';
import type {WorkerOptions, WorkerReply, WorkerRequest} from './worker-message.ts';

// dynalite's request handler needs an emitter for the request and five members of the response, no HTTP.

const {tableDelayMs} = workerData as WorkerOptions;
const engines = new Map<string, EventEmitter>();
const port = parentPort!;
const running = new AsyncLocalStorage<Answer>();

/** The response object that dynalite writes to; only its first `end` counts. */
class Answer {
  statusCode = 200;
  contentType = '';
  readonly #id: number;
  readonly #headers: Record<string, string> = {};
  #ended = false;

  constructor(id: number) {
    this.#id = id;
  }

  setHeader(name: string, value: string | number): void {
    this.#headers[name.toLowerCase()] = String(value);
  }

  end(body = ''): void {
    if (this.#ended) return;
    this.#ended = true;
    reply({type: 'answer', id: this.#id, status: this.statusCode, headers: this.#headers, body});
  }

  refuse(message: string): void {
    this.statusCode = 400;
    this.setHeader('content-type', 'application/x-amz-json-1.0');
    delete this.#headers['x-amz-crc32'];
    this.end(JSON.stringify({__type: 'com.amazon.coral.service#SerializationException', message}));
  }
}

function reply(message: WorkerReply): void {
  port.postMessage(message);
}

function engineOf(store: string): EventEmitter {
  const known = engines.get(store);
  if (known) return known;
  const made = dynalite({createTableMs: tableDelayMs, deleteTableMs: tableDelayMs, updateTableMs: tableDelayMs});
  engines.set(store, made);
  return made;
}

function serve({id, method, path, headers, body, store = ''}: WorkerRequest): void {
  const answer = new Answer(id);
  const guarded = method === 'POST' && body !== '' ? guardBody(body) : {body};
  if ('refused' in guarded) {
    answer.refuse(guarded.refused);
    return;
  }
  const request = Object.assign(new EventEmitter(), {method, url: path, headers});
  // A throw inside `run` reaches this try; one in a later callback reaches uncaughtException with the store still set.
  try {
    running.run(answer, () => {
      engineOf(store).emit('request', request, answer);
      request.emit('data', guarded.body);
      request.emit('end');
    });
  } catch {
    answer.refuse('The request cannot be processed');
  }
}

function onFault(fault: unknown): void {
  const answer = running.getStore();
  if (answer) {
    answer.refuse('The request cannot be processed');
    return;
  }
  console.error(fault);
  process.exit(1);
}

process.on('uncaughtException', onFault);
process.on('unhandledRejection', onFault);
port.on('message', serve);
reply({type: 'ready'});
