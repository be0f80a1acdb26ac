import {format} from 'node:util';
import {RuntimeError} from './error-object.ts';

/**
 * One call of a console method as Lambda's JSON log format has it: a single value stays what it is, several become
 * one text, beside which the first error among them is told by its members.
 */
export function jsonLine(head: Record<string, unknown>, values: readonly unknown[]): string {
  if (values.length <= 1) {
    try {
      return JSON.stringify({...head, message: values[0]}, (_key, value: unknown) =>
        value instanceof Error ? {...describe(value), ...value} : value,
      );
    } catch {
      // No JSON can be made of it: BigInt, cycles.
      return JSON.stringify({...head, message: format(values[0])});
    }
  }
  const error = values.find(value => value instanceof Error);
  return JSON.stringify({...head, message: format(...values), ...(error && describe(error))});
}

function describe(error: Error): object {
  const own = error instanceof RuntimeError;
  return {
    errorType: own ? error.name : (error.constructor?.name ?? 'UnknownError'),
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}
