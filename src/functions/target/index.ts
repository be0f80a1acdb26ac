import {performance} from 'node:perf_hooks';
import {setTimeout as sleep} from 'node:timers/promises';
import middy from '@middy/core';
import type {Context} from 'aws-lambda';
import {createEnvironmentWatch, facts} from './environment.ts';
import {page} from './page.ts';
import {readRequest} from './request.ts';
import {pageHeaders} from './response-headers.ts';

const observe = createEnvironmentWatch();
const initMs = Math.round(performance.now());

/** Longer than any function may run, and it keeps the event loop busy, so that Lambda's own timeout ends it. */
const foreverMs = 2 ** 31 - 1;

/** middy would answer 5 ms before the function's timeout; a hang is there to let Lambda end the environment. */
const options = {timeoutEarlyInMillis: 0};

/** Lambda's entry point: API Gateway's proxy events, and direct Invokes with `sleepMs`, `hang` or `crash`. */
export const handler = middy(async (event: unknown, context: Context) => {
  console.log('Target function invoked');
  const request = readRequest(event);
  const seen = observe(context.awsRequestId);
  console.log('Processing request...');
  if (request.crash) process.exit(1);
  if (request.hang) await sleep(foreverMs);
  if (request.sleepMs > 0) await sleep(request.sleepMs);
  return {
    statusCode: 200,
    headers: {...pageHeaders, ...facts(seen, initMs, context)},
    body: page({seen, requestId: context.awsRequestId, headers: request.headers, authorizer: request.authorizer}),
  };
}, options);
