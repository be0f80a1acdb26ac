import type {IncomingMessage, ServerResponse} from 'node:http';
import {accept, type Body, header, readBody, refuse} from './api-answer.ts';
import type {ApiRoute} from './api-server.ts';
import type {Invocation, InvokeAnswer} from './environment.ts';
import {postedError, streamedError} from './posted-error.ts';

type State =
  | 'Started'
  | 'InitError'
  | 'Ready'
  | 'Running'
  | 'InvocationResponse'
  | 'InvocationErrorResponse'
  | 'RuntimeResponseSentState';

/** From which states a call may lead to a state. */
const allowed: Readonly<Record<'Ready' | 'InitError' | 'InvocationResponse' | 'InvocationErrorResponse', State[]>> = {
  Ready: ['Started', 'Ready', 'Running', 'RuntimeResponseSentState'],
  InitError: ['Started'],
  InvocationResponse: ['Running'],
  InvocationErrorResponse: ['Running'],
};

export type PostedByRuntime = InvokeAnswer & {beganAt: number; errorType?: string};

export type RuntimeListener = {
  /** Every call of `next` that ends init or an invocation. */
  ready(): void;
  initError(error: {type: string; payload: Uint8Array}): void;
  /** `beganAt`: when the runtime began to post it (`performance.now()`). */
  answer(answer: PostedByRuntime): void;
};

/** The Runtime API of one generation of processes, and where its runtime stands. */
export class RuntimeApi {
  private readonly responseLimitBytes: number;
  private readonly listener: RuntimeListener;
  private state: State = 'Started';
  private invocation: (Invocation & {deadlineMs: number}) | undefined;
  private readonly parked: ServerResponse[] = [];
  private undelivered = false;

  constructor(responseLimitBytes: number, listener: RuntimeListener) {
    this.responseLimitBytes = responseLimitBytes;
    this.listener = listener;
  }

  get routes(): ApiRoute[] {
    const base = '/2018-06-01/runtime';
    return [
      {method: 'GET', path: '/2018-06-01/ping', handle: (_request, response) => void response.end('pong')},
      {method: 'GET', path: `${base}/invocation/next`, handle: (_request, response) => this.next(response)},
      {method: 'POST', path: `${base}/invocation/:id/response`, handle: (...call) => this.respond(...call)},
      {method: 'POST', path: `${base}/invocation/:id/error`, handle: (...call) => this.reportError(...call)},
      {
        method: 'POST',
        path: `${base}/init/error`,
        handle: (request, response) => this.reportInitError(request, response),
      },
    ];
  }

  /** Whether the runtime has called `next` and waits. */
  get isReady(): boolean {
    return this.state === 'Ready';
  }

  /** Which request the APIs know, before the runtime has asked for it: an inline init already belongs to it. */
  announce(invocation: Invocation, deadlineMs: number): void {
    this.invocation = {...invocation, deadlineMs};
  }

  /** Gives the announced invocation to the runtime. */
  deliver(): void {
    const next = this.parked.shift();
    this.undelivered = next === undefined;
    if (next) this.send(next);
  }

  private next(response: ServerResponse): void {
    if (!this.mayBecome('Ready', response)) return;
    if (this.state === 'Running') {
      this.send(response);
      return;
    }
    const ended = this.state !== 'Ready';
    if (this.state === 'RuntimeResponseSentState') this.invocation = undefined;
    this.state = 'Ready';
    this.parked.push(response);
    response.on('close', () => {
      const index = this.parked.indexOf(response);
      if (index >= 0) this.parked.splice(index, 1);
    });
    if (ended) this.listener.ready();
    if (this.undelivered) this.deliver();
  }

  private send(response: ServerResponse): void {
    const invocation = this.invocation!;
    this.state = 'Running';
    const headers: Record<string, string | number> = {
      'Content-Type': invocation.contentType ?? 'application/json',
      'Content-Length': invocation.payload.length,
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
      'Lambda-Runtime-Invoked-Function-Arn': invocation.invokedFunctionArn,
    };
    if (invocation.traceId) headers['Lambda-Runtime-Trace-Id'] = invocation.traceId;
    if (invocation.clientContext) headers['Lambda-Runtime-Client-Context'] = invocation.clientContext;
    response.writeHead(200, headers).end(invocation.payload);
  }

  private async respond(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    if (!this.isCurrent(request, response, id) || !this.mayBecome('InvocationResponse', response)) return;
    const beganAt = performance.now();
    this.state = 'InvocationResponse';
    const mode = header(request, 'lambda-runtime-function-response-mode');
    if (mode !== undefined && mode.toLowerCase() !== 'streaming') {
      request.resume();
      return refuse(response, 400, 'InvalidFunctionResponseMode', `Invalid function response mode: ${mode}`);
    }
    const body = await this.readWhole(request, response);
    if (!body) return;
    this.state = 'RuntimeResponseSentState';
    if (this.isTooLarge(body, response, beganAt)) return;
    const error = mode !== undefined && streamedError(request);
    this.listener.answer(error ? {...error, functionError: 'Unhandled', beganAt} : {payload: body.bytes, beganAt});
    accept(response);
  }

  private async reportError(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    if (!this.isCurrent(request, response, id) || !this.mayBecome('InvocationErrorResponse', response)) return;
    const beganAt = performance.now();
    this.state = 'InvocationErrorResponse';
    const body = await this.readWhole(request, response);
    if (!body) return;
    this.state = 'RuntimeResponseSentState';
    if (this.isTooLarge(body, response, beganAt)) return;
    this.listener.answer({...postedError(request, body.bytes), functionError: 'Unhandled', beganAt});
    accept(response);
  }

  private async reportInitError(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.mayBecome('InitError', response)) return void request.resume();
    this.state = 'InitError';
    const body = await this.readWhole(request, response);
    if (!body) return;
    accept(response);
    const {errorType: type, payload} = postedError(request, body.bytes);
    this.listener.initError({type, payload});
  }

  /** A body that was cut short is refused, and leaves the runtime where no further call is allowed. */
  private async readWhole(request: IncomingMessage, response: ServerResponse): Promise<Body | undefined> {
    const body = await readBody(request, this.responseLimitBytes);
    if (!body.truncated) return body;
    refuse(response, 400, 'TruncatedHTTPRequest', 'HTTP request detected as truncated');
    return undefined;
  }

  /** The caller learns of a body over the limit; the runtime may go on, as after any other. */
  private isTooLarge({size}: Body, response: ServerResponse, beganAt: number): boolean {
    const limit = this.responseLimitBytes;
    if (size <= limit) return false;
    refuse(response, 413, 'RequestEntityTooLarge', `Exceeded maximum allowed payload size (${limit} bytes).`);
    const errorType = 'Function.ResponseSizeTooLarge';
    const errorMessage = `Response payload size (${size} bytes) exceeded maximum allowed payload size (${limit} bytes).`;
    const payload = Buffer.from(JSON.stringify({errorType, errorMessage}));
    this.listener.answer({payload, functionError: 'Unhandled', errorType, beganAt});
    return true;
  }

  private isCurrent(request: IncomingMessage, response: ServerResponse, id: string): boolean {
    if (this.invocation?.requestId === id) return true;
    request.resume();
    refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
    return false;
  }

  private mayBecome(wanted: keyof typeof allowed, response: ServerResponse): boolean {
    if (allowed[wanted].includes(this.state)) return true;
    response.req.resume();
    const text = `State transition from ${this.state} to ${wanted} failed for runtime.`;
    refuse(response, 403, 'InvalidStateTransition', `${text} Error: State transition is not allowed`);
    return false;
  }
}
