import type {Environment} from '../../lifecycle/environment.ts';
import type {RequestRow, SessionState} from '../../operate/session/session-state.ts';
import {age} from './clock.ts';

/** `brief` fits into six cells. */
export type WhyCold = {brief: string; words: string};

/** What a cold start is explained by. Times are AWS's. */
export type ColdEvidence = {
  environments: readonly Environment[];
  /** The newest changes of the function, epoch ms, from here or from elsewhere. */
  changes: readonly number[];
};

/** What the session knows that can explain cold starts. */
export function coldEvidence({environments, shutdown, functionChangedAt}: SessionState): ColdEvidence {
  const forcedAt = shutdown?.how === 'update' ? shutdown.startedAt : undefined;
  return {
    environments: environments.list,
    changes: [forcedAt, functionChangedAt].filter(at => at !== undefined),
  };
}

/** Why a request met a cold start, from what was there when it was sent; undefined for warm ones. */
export function whyCold(row: RequestRow, {environments, changes}: ColdEvidence): WhyCold | undefined {
  if (!row.cold) return undefined;
  if ((row.invocation ?? 1) > 1) return {brief: 'reset', words: 'after reset: same environment, new generation'};
  const before = environments.filter(({id, startedAt}) => id !== row.environmentId && startedAt < row.sentAt);
  const endOf = ({shutdown}: Environment) => shutdown?.at ?? Number.POSITIVE_INFINITY;
  const changedAt = Math.max(...changes.filter(at => at <= row.sentAt));
  const upToDate = before.filter(one => one.startedAt >= changedAt && endOf(one) > row.sentAt).length;
  const outdated = before.some(one => one.startedAt < changedAt && endOf(one) >= changedAt);
  // Those ahead of it that were not answered yet take an environment each, started or still to be.
  const busy = Math.max(upToDate, row.ahead);
  if (upToDate === 0 && outdated) {
    return {brief: 'change', words: `configuration changed ${age(row.sentAt - changedAt)} ago`};
  }
  if (busy > 0) {
    return {brief: `${busy} busy`, words: busy === 1 ? 'the one environment busy' : `all ${busy} environments busy`};
  }
  return before.length > 0
    ? {brief: 'none', words: 'no environment was left'}
    : {brief: 'first', words: 'first request'};
}
