import type {MiddlewareObj} from '@middy/core';
import type {Context} from 'aws-lambda';
import {type Answer, errorAnswer} from './answer.ts';
import {facts, type Seen} from './environment.ts';
import {HttpError} from './http-error.ts';
import {memoryUsedMb} from './memory.ts';
import {withSecretsHidden} from './raw-event.ts';
import {readRequest} from './request.ts';

/** What the middlewares of one invocation share. */
type Exchange = {
  /** By the monotonic clock. */
  startedAt: number;
  seen: Seen;
  /** `GET /hello`, `direct`, or `none`. */
  route: string;
};

type TargetMiddleware = MiddlewareObj<unknown, Answer, Error, Context, Exchange>;

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

/** With LIFECYCLE_DEBUG the log has the event as it came, but for secrets, and every answer says so. */
export function debugMode({LIFECYCLE_DEBUG}: NodeJS.ProcessEnv): TargetMiddleware[] {
  if (LIFECYCLE_DEBUG !== '1' && LIFECYCLE_DEBUG !== 'true') return [];
  const add: NonNullable<TargetMiddleware['after']> = ({response}) => {
    Object.assign(response?.headers ?? {}, {'X-Debug-Mode': 'true'});
  };
  return [
    {
      before: ({event, context}) => {
        const line = {level: 'DEBUG', message: 'Raw event', requestId: context.awsRequestId};
        console.log(JSON.stringify({...line, event: withSecretsHidden(event)}));
      },
      after: add,
      onError: add,
    },
  ];
}

/** Answers errors as JSON. What was not meant for the caller is for the log only, and 500. */
export function errorAnswers(): TargetMiddleware {
  return {
    onError: request => {
      const {error, context} = request;
      if (!(error instanceof HttpError)) {
        const line = {level: 'ERROR', message: 'Request failed', requestId: context.awsRequestId};
        console.error(JSON.stringify({...line, error: described(error)}));
      }
      const told = error instanceof HttpError ? error : new HttpError(500, 'internal_error', 'The request failed.');
      request.response = errorAnswer(told, context.awsRequestId);
    },
  };
}

function described(error: unknown): object {
  if (!(error instanceof Error)) return {message: String(error)};
  const {name, message, stack} = error;
  return {name, message, stack};
}

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
