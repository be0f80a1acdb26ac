import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Context} from 'aws-lambda';
import {vi} from 'vitest';
import type {Answer} from '../../src/functions/target/answer.ts';
import type {Route} from '../../src/functions/target/router.ts';
import {routes as targetRoutes} from '../../src/functions/target/routes.ts';
import {createTarget} from '../../src/functions/target/target.ts';

const variables = {
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_REGION: 'eu-west-1',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
};

const context = {awsRequestId: 'request-1', logStreamName: 'stream-1', getRemainingTimeInMillis: () => 1_000};

/** Answers events in this process, as a cold environment without an extension does; gives what it logged as well. */
export async function invoked(
  events: readonly unknown[],
  {routes = targetRoutes, more = {}}: {routes?: readonly Route[]; more?: NodeJS.ProcessEnv} = {},
): Promise<{answers: Answer[]; answer: Answer; lines: string[]; errors: string[]}> {
  const lines: string[] = [];
  const errors: string[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(line => void lines.push(String(line))),
    vi.spyOn(console, 'error').mockImplementation(line => void errors.push(String(line))),
  ];
  try {
    const folder = join(tmpdir(), 'no-lifecycle-here');
    const handler = createTarget({routes, variables: {...variables, ...more}, folder});
    const answers: Answer[] = [];
    for (const event of events) answers.push((await handler(event as never, context as unknown as Context)) as Answer);
    return {answers, answer: answers.at(-1)!, lines, errors};
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
