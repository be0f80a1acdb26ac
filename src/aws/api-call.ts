import type {DeserializeMiddleware} from '@smithy/types';
import {operationOf} from './operation.ts';
import {tellSoon} from './retry-notice.ts';
import {currentStep} from './step-scope.ts';

/** One attempt of one SDK call, retries included. */
export type ApiCall = {
  /** When the attempt was sent. */
  at: Date;
  service: string;
  operation: string;
  /** What it was called with, secrets included: to be told with care. */
  input: object;
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
      const step = currentStep()?.id;
      const date = dateOf(response);
      onCall({
        at,
        service,
        operation: operationOf(context),
        input: args.input as object,
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
