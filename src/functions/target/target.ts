import {setTimeout as sleep} from 'node:timers/promises';
import middy from '@middy/core';
import type {Context} from 'aws-lambda';
import type {Answer} from './answer.ts';
import {createEnvironmentWatch} from './environment.ts';
import {debugMode} from './middlewares/debug-mode.ts';
import {errorAnswers} from './middlewares/error-answers.ts';
import {lifecycleHeaders} from './middlewares/lifecycle-headers.ts';
import {reading} from './middlewares/reading.ts';
import {requestLog} from './middlewares/request-log.ts';
import {createRouter, type Route} from './router.ts';
import {answerHello} from './routes/hello.ts';
import type {DirectVisit, Visit} from './visit.ts';

/** Longer than any function may run, and it keeps the event loop busy, so that Lambda's own timeout ends it. */
const foreverMs = 2 ** 31 - 1;

/** middy would answer 5 ms before the function's timeout; a hang is there to let Lambda end the environment. */
const plugin = {timeoutEarlyInMillis: 0};

/**
 * A handler for HTTP requests by `routes`, and for direct Invokes. What does not depend on the event is done here, once in
 * the life of an environment; the time until then is told as its init time. `folder` is where the extension keeps its file.
 */
export function createTarget(options: {routes: readonly Route[]; variables: NodeJS.ProcessEnv; folder?: string}) {
  const {routes, variables, folder} = options;
  const route = createRouter(routes);
  const observe = createEnvironmentWatch(folder);
  const initMs = Math.round(performance.now());

  const answer = async ({request, ...visit}: Visit): Promise<Answer> =>
    request.kind === 'http' ? route({...visit, request}) : answerDirect({...visit, request});

  return middy<Visit, Answer, Error, Context>(answer, plugin)
    .use(requestLog())
    .use(lifecycleHeaders(observe, initMs))
    .use(debugMode(variables))
    .use(errorAnswers())
    .use(reading(initMs, variables));
}

async function answerDirect({request, ...visit}: DirectVisit): Promise<Answer> {
  visit.tookRoute('direct');
  if (request.crash) process.exit(1);
  if (request.hang) await sleep(foreverMs);
  if (request.sleepMs > 0) await sleep(request.sleepMs);
  return answerHello({...visit, request: {headers: {}, authorizer: {}}});
}
