import {GetAccountSettingsCommand, type LambdaClient} from '@aws-sdk/client-lambda';
import {classifyError} from '../../aws/errors.ts';
import {Problem} from '../../aws/problem.ts';

/** The burst that the stage is deployed with: more requests at once are answered 429. */
const stageBurst = 40;

/**
 * Throws a usage Problem when `concurrency` is more than the stage lets through at once (`api`), or than the account has
 * unreserved concurrent executions. An account that may not be asked is taken to have enough.
 */
export async function checkConcurrency(
  lambda: Pick<LambdaClient, 'send'>,
  concurrency: number,
  via: 'api' | 'invoke',
): Promise<void> {
  if (via === 'api' && concurrency > stageBurst) {
    throw tooMany(concurrency, stageBurst, 'The stage is throttled to 20 requests a second and a burst of that many.');
  }
  if (concurrency === 1) return;
  const free = await freeExecutions(lambda);
  if (free !== undefined && concurrency > free) {
    throw tooMany(concurrency, free, 'That is what the account has left of concurrent executions in this region.');
  }
}

async function freeExecutions(lambda: Pick<LambdaClient, 'send'>): Promise<number | undefined> {
  try {
    return (await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.UnreservedConcurrentExecutions;
  } catch (error) {
    if (classifyError(error) === 'denied') return undefined;
    throw error;
  }
}

function tooMany(asked: number, most: number, why: string): Problem {
  return new Problem('usage', `--concurrency ${asked} is more than ${most}`, {
    details: why,
    solution: `Ask for ${most} at most.`,
    next: `lifecycle-tui fire --concurrency ${most}`,
  });
}
