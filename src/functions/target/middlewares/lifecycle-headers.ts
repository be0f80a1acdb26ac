import {facts, type Seen} from '../environment.ts';
import type {TargetMiddleware} from './exchange.ts';

/** Looks at the environment once an invocation, and puts what it saw into the headers of every answer. */
export function lifecycleHeaders(observe: (requestId: string) => Seen, initMs: number): TargetMiddleware {
  const add: NonNullable<TargetMiddleware['after']> = ({context, response, internal}) => {
    Object.assign(response?.headers ?? {}, facts(internal.seen, initMs, context));
  };
  return {
    before: ({context, internal}) => {
      internal.seen = observe(context.awsRequestId);
    },
    after: add,
    onError: add,
  };
}
