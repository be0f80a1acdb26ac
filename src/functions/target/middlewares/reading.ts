import {HttpError} from '../http-error.ts';
import {readRequest} from '../request.ts';
import type {TargetMiddleware} from './exchange.ts';

/** Turns the event into a visit, which is what the handler takes. Throws 400 for what is no event. */
export function reading(initMs: number, variables: NodeJS.ProcessEnv): TargetMiddleware {
  return {
    before: given => {
      const {event, context, internal} = given;
      const request = readRequest(event);
      if (!request) throw new HttpError(400, 'invalid_event', 'This is neither an HTTP event nor a direct Invoke.');
      console.log('Processing request...');
      given.event = {
        ...{request, seen: internal.seen, initMs, requestId: context.awsRequestId, variables},
        tookRoute: (route: string) => {
          internal.route = route;
        },
      };
    },
  };
}
