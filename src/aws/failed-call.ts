import type {InitializeMiddleware} from '@smithy/types';
import {operationOf} from './operation.ts';

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
