import type {FinalizeRequestMiddleware, MiddlewareStack} from '@smithy/types';
import {classifyError} from './errors.ts';
import {operationOf} from './operation.ts';

/**
 * Creations that AWS takes twice: without a token or a unique name, a call repeated after a lost answer makes a second
 * REST API, layer version, authorizer or deployment.
 */
const takenTwice = new Set(['CreateRestApi', 'PublishLayerVersion', 'CreateAuthorizer', 'CreateDeployment']);

type Unanswered = {unanswered: unknown};

/**
 * Keeps the SDK from repeating such a call when nobody knows whether it has had its effect: the caller gets the error at
 * once and can look first. A call that was throttled has had none and is repeated as usual.
 */
// biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
export function sendOnce(stack: MiddlewareStack<any, any>): void {
  // The retry loop lies between these two: it must see an answer, which is made an error again behind it.
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const hide: FinalizeRequestMiddleware<any, any> = (next, context) => async args => {
    if (!takenTwice.has(operationOf(context))) return next(args);
    try {
      return await next(args);
    } catch (error) {
      const reason = classifyError(error);
      if (reason !== 'server' && reason !== 'unreachable') throw error;
      return {response: undefined, output: {$metadata: {}, unanswered: error}};
    }
  };
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const show: FinalizeRequestMiddleware<any, any> = next => async args => {
    const answer = await next(args);
    const {output} = answer as {output: Unanswered | object};
    if ('unanswered' in output) throw output.unanswered;
    return answer;
  };
  stack.add(hide, {step: 'finalizeRequest', name: 'hideUnanswered', priority: 'low'});
  stack.addRelativeTo(show, {relation: 'before', toMiddleware: 'retryMiddleware', name: 'showUnanswered'});
}
