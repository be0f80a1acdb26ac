import {memoryUsedMb} from '../memory.ts';
import type {TargetMiddleware} from './exchange.ts';

/** One line of JSON for each request, beside the fixed texts. */
export function requestLog(): TargetMiddleware {
  const log: NonNullable<TargetMiddleware['after']> = ({context, response, internal}) => {
    const {route, seen, startedAt} = internal;
    const line = {
      ...{level: 'INFO', message: 'Request answered', requestId: context.awsRequestId, route},
      status: response?.statusCode,
      durationMs: Number((performance.now() - startedAt).toFixed(2)),
      ...{memoryUsedMb: memoryUsedMb(), cold: seen.cold, invocation: seen.invocation},
    };
    console.log(JSON.stringify(line));
  };
  return {
    before: ({internal}) => {
      console.log('Target function invoked');
      internal.startedAt = performance.now();
      internal.route = 'none';
    },
    after: log,
    onError: log,
  };
}
