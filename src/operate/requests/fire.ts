import {InvokeCommand, type LambdaClient} from '@aws-sdk/client-lambda';
import {message, type ResponseMessage} from '../../lifecycle/message.ts';
import {isFailed} from '../is-failed.ts';
import type {FireRequest} from '../session/session-state.ts';
import {createHttpGetter, type HttpAnswer} from './http-get.ts';
import {keepPace} from './keep-pace.ts';
import {lifecycleFacts, readAnswer} from './lifecycle-headers.ts';

export type FireOptions = {
  apiUrl: string;
  lambda: LambdaClient;
  /** The function that `via: 'invoke'` calls. */
  functionName: string;
  request: FireRequest;
  /** Sent to the API as a bearer token. */
  authToken?: string;
  /** Cancels what is under way. */
  signal?: AbortSignal;
  /** Sends no more; what is under way is waited for. */
  stop?: AbortSignal;
  /** `key` counts the requests of this call from 0. */
  onSent?: (key: number) => void;
  onResponse: (response: ResponseMessage, key: number) => void;
  /** With a rate: one was due while `concurrency` requests were under way, and was not sent. */
  onSkipped?: () => void;
  /** Every HTTP answer's `Date`, for reckoning with the server's clock. */
  onDate?: (date: Date | undefined, sentAt: number, receivedAt: number) => void;
};

export type FireTotals = {sent: number; failed: number; cold: number};

type Sender = {send: () => Promise<ResponseMessage>; close: () => void};

/**
 * Fires requests at the demo, at most `concurrency` under way at a time, through API Gateway or as direct Invokes; with a
 * rate on its beat, else as soon as there is room. A failed request is a response like any other (status 0 when no answer came). After an abort no request is sent
 * any more, those under way are cancelled and reported, and the totals so far are returned.
 */
export async function fireRequests(options: FireOptions): Promise<FireTotals> {
  const {request, onSent, onResponse, onSkipped = () => {}} = options;
  const concurrency = Math.max(1, Math.min(request.concurrency, request.count));
  const sender = request.via === 'invoke' ? directSender(options) : apiSender(options, concurrency);
  const stops = [options.signal, options.stop].filter(signal => signal !== undefined);
  const stop = AbortSignal.any(stops);
  const totals: FireTotals = {sent: 0, failed: 0, cold: 0};
  const send = async (): Promise<void> => {
    const key = totals.sent;
    totals.sent += 1;
    onSent?.(key);
    const response = await sender.send();
    if (isFailed(response)) totals.failed += 1;
    if (response.cold) totals.cold += 1;
    onResponse(response, key);
  };
  const worker = async (): Promise<void> => {
    while (totals.sent < request.count && !stop.aborted) await send();
  };
  try {
    if (request.rate === undefined) await Promise.all(Array.from({length: concurrency}, worker));
    else await keepPace({count: request.count, perSecond: request.rate, slots: concurrency, send, onSkipped, stop});
  } finally {
    sender.close();
  }
  return totals;
}

function apiSender({apiUrl, request, authToken, signal, onDate}: FireOptions, connections: number): Sender {
  const headers = authToken === undefined ? {} : {authorization: `Bearer ${authToken}`};
  const getter = createHttpGetter(apiUrl, connections, headers);
  const url = new URL(apiUrl);
  if (request.sleepMs) url.searchParams.set('sleepMs', String(request.sleepMs));
  return {
    close: getter.close,
    send: async () => {
      const started = performance.now();
      let answer: HttpAnswer;
      try {
        answer = await getter.get(url.href, signal);
      } catch (error) {
        return noAnswer(error, started, signal);
      }
      onDate?.(new Date(answer.headers.date ?? Number.NaN), answer.sentAt, answer.receivedAt);
      return message<ResponseMessage>({
        type: 'response',
        status: answer.status,
        latencyMs: elapsed(started),
        ...lifecycleFacts(answer.headers),
        ...(answer.status >= 400 && {error: `HTTP ${answer.status}`}),
      });
    },
  };
}

function directSender({lambda, functionName, request, signal}: FireOptions): Sender {
  const input = {
    FunctionName: functionName,
    Payload: new TextEncoder().encode(JSON.stringify(request.sleepMs ? {sleepMs: request.sleepMs} : {})),
  };
  return {
    close: () => {},
    send: async () => {
      const started = performance.now();
      try {
        const output = await lambda.send(new InvokeCommand(input), signal ? {abortSignal: signal} : {});
        const answer = readAnswer(output.Payload);
        const requestId = output.$metadata.requestId;
        return message<ResponseMessage>({
          type: 'response',
          status: output.StatusCode ?? 0,
          latencyMs: elapsed(started),
          ...lifecycleFacts(answer.headers),
          ...(requestId !== undefined && {requestId}),
          ...(output.FunctionError !== undefined && {error: answer.error ?? output.FunctionError}),
        });
      } catch (error) {
        return noAnswer(error, started, signal);
      }
    },
  };
}

function noAnswer(error: unknown, started: number, signal: AbortSignal | undefined): ResponseMessage {
  const {name, message: text, $metadata} = error as Error & {$metadata?: {httpStatusCode?: number}};
  return message<ResponseMessage>({
    type: 'response',
    status: $metadata?.httpStatusCode ?? 0,
    latencyMs: elapsed(started),
    error: signal?.aborted ? 'cancelled' : text || name,
  });
}

function elapsed(started: number): number {
  return Math.round(performance.now() - started);
}
