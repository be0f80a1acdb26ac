import {setTimeout as sleep} from 'node:timers/promises';
import httpRouter from '@middy/http-router';
import type {APIGatewayProxyEvent, APIGatewayProxyResult, Context} from 'aws-lambda';
import type {Answer} from './answer.ts';
import {HttpError} from './http-error.ts';
import type {HttpVisit} from './visit.ts';

export type Route = {
  method: 'GET' | 'POST';
  /** Without a slash at the end. */
  path: string;
  answer(visit: HttpVisit): Answer | Promise<Answer>;
};

type RoutedEvent = APIGatewayProxyEvent & {visit: HttpVisit};

/** middy's router over one table for every kind of event. Rejects with 404, or with 405 where another method would do. */
export function createRouter(routes: readonly Route[]): (visit: HttpVisit) => Promise<Answer> {
  const route = httpRouter<RoutedEvent, APIGatewayProxyResult>({
    routes: routes.map(({method, path, answer}) => ({
      method,
      path,
      handler: async ({visit}: RoutedEvent) => {
        visit.tookRoute(`${method} ${path}`);
        if (visit.request.sleepMs > 0) await sleep(visit.request.sleepMs);
        return answer(visit);
      },
    })),
    notFoundResponse: ({path}) => refuse(routes, path),
  }) as unknown as (event: unknown, context: Context) => Promise<Answer>;
  // Of an event the router reads only what is named here.
  return async visit => {
    const {method: httpMethod, path} = visit.request;
    return route({version: '1.0', httpMethod, path, visit}, {} as Context);
  };
}

function refuse(routes: readonly Route[], path: string): never {
  const methods = routes.filter(each => each.path === path.replace(/(?<=.)\/$/, '')).map(each => each.method);
  if (methods.length === 0) throw new HttpError(404, 'not_found', 'There is nothing at this path.');
  const allow = methods.join(', ');
  throw new HttpError(405, 'method_not_allowed', `This path takes ${allow} only.`, {allow});
}
