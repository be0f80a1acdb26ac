import {AsyncLocalStorage} from 'node:async_hooks';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {DeserializeMiddleware, HandlerExecutionContext, InitializeMiddleware} from '@smithy/types';

/** One attempt of one SDK call, retries included. */
export type ApiCall = {
  /** When the attempt was sent. */
  at: Date;
  service: string;
  operation: string;
  /** The step of a deployment it was made for. */
  step?: string;
  /** HTTP status, 0 when no answer came. */
  status: number;
  /** The error's name, as the SDK has it. */
  error?: string;
  ms: number;
  /** 1 for the first. */
  attempt: number;
  /** It failed and will be tried again after this pause, by the SDK or by us. */
  retryInMs?: number;
  /** The answer's Date header: AWS's clock, in whole seconds. */
  date?: Date;
};

type Scope = {step: string; signal: AbortSignal | undefined; calls: Set<Promise<unknown>>};
const scope = new AsyncLocalStorage<Scope>();

/**
 * Names the step in the ApiCalls made inside `run`. Once `signal` is aborted no further call starts there; one that is
 * under way is let finish, also when another one beside it has failed: the step has not ended before.
 */
export async function withStep<T>(step: string, run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const calls: Scope['calls'] = new Set();
  try {
    return await scope.run({step, signal, calls}, run);
  } finally {
    while (calls.size > 0) {
      await Promise.allSettled(calls);
      // What waited for these calls may begin others.
      await nextTurn();
    }
  }
}

/** The step that calls are being made for. */
export function currentStep(): string | undefined {
  return scope.getStore()?.step;
}

/** Refuses to begin a call in a step that was stopped, and lets the step know of those it begins. */
// biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
export const stopMiddleware: InitializeMiddleware<any, any> = next => args => {
  const store = scope.getStore();
  store?.signal?.throwIfAborted();
  const call = next(args);
  store?.calls.add(call);
  const forget = () => store?.calls.delete(call);
  call.then(forget, forget);
  return call;
};

/** Failed attempts of which it is not yet told, because it may be known in a moment whether they are repeated. */
const untold = new WeakMap<object, ((retryInMs?: number) => void)[]>();

/** Says that what failed with this error is tried again after a pause. */
export function willRetry(error: unknown, pauseMs: number): void {
  const waiting = typeof error === 'object' && error !== null ? untold.get(error) : undefined;
  for (const tell of waiting ?? []) tell(Math.round(pauseMs));
}

/** Whoever repeats a call decides so before the event loop turns. */
function tellSoon(error: unknown, tell: (retryInMs?: number) => void): void {
  if (typeof error !== 'object' || error === null) {
    tell();
    return;
  }
  let told = false;
  const once = (retryInMs?: number): void => {
    if (!told) tell(retryInMs);
    told = true;
  };
  untold.set(error, [...(untold.get(error) ?? []), once]);
  setImmediate(() => once());
}

const failedCalls = new WeakMap<Error, {service: string; operation: string}>();

/** The call that ended in this error, by the name of its SDK client. */
export function failedCall(error: Error): {service: string; operation: string} | undefined {
  return failedCalls.get(error);
}

/** Keeps in mind which call an error comes from: AWS does not always say. */
// biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
export function rememberMiddleware(service: string): InitializeMiddleware<any, any> {
  return (next, context) => async args => {
    try {
      return await next(args);
    } catch (error) {
      if (error instanceof Error) failedCalls.set(error, {service, operation: operationOf(context)});
      throw error;
    }
  };
}

/** Tells `onCall` of every attempt, of a failed one a moment later. It sits inside the SDK's retry loop and around the reading of the answer. */
export function apiCallMiddleware(
  service: string,
  onCall: (call: ApiCall) => void,
  // biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
): DeserializeMiddleware<any, any> {
  return (next, context) => async args => {
    const at = new Date();
    const started = performance.now();
    const attempt = attemptOf(args.request);
    const tell = (response: unknown, ended: number, error?: unknown, retryInMs?: number) => {
      const step = scope.getStore()?.step;
      const date = dateOf(response);
      onCall({
        at,
        service,
        operation: operationOf(context),
        ...(step !== undefined && {step}),
        status: statusOf(response),
        ...(error !== undefined && {error: error instanceof Error ? error.name : String(error)}),
        ms: Math.round(ended - started),
        attempt,
        ...(retryInMs !== undefined && {retryInMs}),
        ...(date && {date}),
      });
    };
    try {
      const result = await next(args);
      tell(result.response, performance.now());
      return result;
    } catch (error) {
      const ended = performance.now();
      const {$response} = error as {$response?: unknown};
      tellSoon(error, retryInMs => tell($response, ended, error, retryInMs));
      throw error;
    }
  };
}

function operationOf(context: HandlerExecutionContext): string {
  return (context.commandName ?? '').replace(/Command$/, '');
}

function statusOf(response: unknown): number {
  return (response as {statusCode?: number} | undefined)?.statusCode ?? 0;
}

function dateOf(response: unknown): Date | undefined {
  const header = (response as {headers?: Record<string, string>} | undefined)?.headers?.date;
  const date = new Date(header ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The SDK's retry loop says in a header which attempt this is. */
function attemptOf(request: unknown): number {
  const header = (request as {headers?: Record<string, string>}).headers?.['amz-sdk-request'];
  return Number(/attempt=(\d+)/.exec(header ?? '')?.[1] ?? 1);
}
