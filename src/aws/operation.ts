import type {HandlerExecutionContext} from '@smithy/types';

/** The operation that a middleware is called for, as AWS names it: `CreateFunction`. */
export function operationOf({commandName = ''}: HandlerExecutionContext): string {
  return commandName.replace(/Command$/, '');
}
