import {expect, test} from 'vitest';
import {checkConcurrency} from '../../../src/operate/requests/fire-limit.ts';

const account = (answer: number | Error) =>
  ({
    send: async () => {
      if (answer instanceof Error) throw answer;
      return {AccountLimit: {UnreservedConcurrentExecutions: answer}};
    },
  }) as never;
const denied = Object.assign(new Error('no'), {name: 'AccessDeniedException'});

test.each<[number, 'api' | 'invoke', number | Error, string | undefined]>([
  [40, 'api', 1_000, undefined],
  [41, 'api', 1_000, '--concurrency 41 is more than 40'],
  [41, 'invoke', 1_000, undefined],
  [11, 'api', 10, '--concurrency 11 is more than 10'],
  [10, 'invoke', 10, undefined],
  [11, 'invoke', 10, '--concurrency 11 is more than 10'],
  [30, 'api', denied, undefined],
])('%i at once by %s', async (concurrency, via, free, refusal) => {
  const check = checkConcurrency(account(free), concurrency, via);
  if (refusal === undefined) await check;
  else await expect(check).rejects.toMatchObject({kind: 'usage', title: refusal});
});
