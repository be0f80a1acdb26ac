import type {Environment} from '../../lifecycle/environment.ts';
import type {RequestRow, SessionState} from '../../operate/session/session-state.ts';
import {age} from './clock.ts';

/** `brief` fits into six cells. */
export type WhyCold = {brief: string; words: string};

/** What a cold start is explained by. Times are AWS's. */
export type ColdEvidence = {
  environments: readonly Environment[];
  /** Changes of the function, epoch ms, from here or from elsewhere. */
  changes: readonly number[];
};

/** What the session knows that can explain cold starts. */
export const coldEvidence = ({environments, functionChanges}: SessionState): ColdEvidence => ({
  environments: environments.list,
  changes: functionChanges,
});

/** Why a request met a cold start, from what was there when it was sent; undefined for warm ones. */
export function whyCold(row: RequestRow, {environments, changes}: ColdEvidence): WhyCold | undefined {
  if (!row.cold) return undefined;
  if ((row.invocation ?? 1) > 1) return {brief: 'reset', words: 'after reset: same environment, new generation'};
  const before = environments.filter(({id, startedAt}) => id !== row.environmentId && startedAt < row.sentAt);
  const endOf = ({shutdown}: Environment) => shutdown?.at ?? Number.POSITIVE_INFINITY;
  const changedAt = Math.max(...changes.filter(at => at <= row.sentAt));
  const since = before.filter(one => one.startedAt >= changedAt);
  const upToDate = since.filter(one => endOf(one) > row.sentAt).length;
  const outdated = before.some(one => one.startedAt < changedAt && endOf(one) >= changedAt);
  // Those ahead of it that were not answered yet take an environment each, started or still to be.
  const busy = Math.max(upToDate, row.ahead);
  // Those that came after the change and went again say that it is over.
  if (since.length === 0 && outdated) {
    return {brief: 'change', words: `configuration changed ${age(row.sentAt - changedAt)} ago`};
  }
  if (busy > 0) {
    return {brief: `${busy} busy`, words: busy === 1 ? 'the one environment busy' : `all ${busy} environments busy`};
  }
  return before.length > 0
    ? {brief: 'none', words: 'no environment was left'}
    : {brief: 'first', words: 'first request'};
}
