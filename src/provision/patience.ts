import {classifyError, describeError, type ErrorClass} from '../aws/errors.ts';
import {Problem} from '../aws/problem.ts';
import {retry} from '../aws/until.ts';
import type {Context} from './context.ts';
import type {Tell} from './resource-node.ts';

/** How long a step is tried again after errors of a class, in ms. Classes that are missing end it at once. */
const stepBudgets: Partial<Record<ErrorClass, number>> = {
  // Usually 4 to 12 s after the role was made.
  role: 60_000,
  busy: 120_000,
  throttled: 90_000,
  server: 30_000,
  // The SDK has tried four times by then: what is left is a network that comes back in a moment.
  unreachable: 3_000,
  // Made by a call whose answer was lost, or not yet seen everywhere: the next look tells.
  exists: 15_000,
  absent: 10_000,
};

/** Before anything is made or removed, a network that is gone is told at once. */
const lookBudgets: typeof stepBudgets = {throttled: 60_000, server: 15_000};

const schedule = [250, 500, 1_000] as const;
// Both functions wait for it, and everything for them: longer pauses would overshoot the moment when the role becomes
// visible. A refusal takes its time, so that these are some calls a second of the 15 that Lambda allows.
const roleSchedule = [250] as const;

const explanations: Partial<Record<ErrorClass, string>> = {
  role: 'role propagation: not yet visible to Lambda',
  busy: 'another change is under way',
  throttled: 'AWS asks to slow down',
};

/**
 * Runs an idempotent step until it succeeds or its error says that waiting will not help. Before each further try the
 * step's knowledge is thrown away, so that it sees what the failed try has made: nothing is made twice.
 */
export function withPatience<T>(
  context: Pick<Context, 'reads' | 'signal'>,
  tell: Tell,
  run: () => Promise<T>,
  budgets = stepBudgets,
): Promise<T> {
  const started = performance.now();
  return retry(run, {
    what: 'AWS to accept it',
    timeoutMs: 120_000,
    schedule: error => (classOf(error) === 'role' ? roleSchedule : schedule),
    signal: context.signal,
    again: error => performance.now() - started < (budgets[classOf(error)] ?? 0),
    onWait: (error, pauseMs) => {
      const reason = classOf(error);
      if (reason !== 'role') context.reads.clear();
      tell(`${explanations[reason] ?? describeError(error)}, trying again in ${pauseMs / 1_000} s`);
    },
  });
}

/** Reads until AWS has time to answer. */
export function withPatienceToLook<T>(context: Pick<Context, 'reads' | 'signal'>, look: () => Promise<T>): Promise<T> {
  return withPatience(context, () => {}, look, lookBudgets);
}

function classOf(error: unknown): ErrorClass {
  return classifyError(error instanceof Problem ? error.cause : error);
}
