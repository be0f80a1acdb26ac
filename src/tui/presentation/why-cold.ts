import type {Environment} from '../../lifecycle/environment.ts';
import type {RequestRow, ShutdownProgress} from '../../operate/session-state.ts';
import {age} from './clock.ts';

/** A change of the function replaces its environments within this time, ms. */
const changeReachesMs = 60_000;

/** Why a request met a cold start, from what was live when it was sent; undefined for warm ones. Times are AWS's. */
export function whyCold(
  row: RequestRow,
  environments: readonly Environment[],
  forced: ShutdownProgress | undefined,
): string | undefined {
  if (!row.cold) return undefined;
  const sinceForced = forced ? row.sentAt - forced.startedAt : -1;
  if (sinceForced >= 0 && sinceForced < changeReachesMs) return `configuration changed ${age(sinceForced)} ago`;
  const live = environments.filter(
    ({id, startedAt, shutdown}) =>
      id !== row.environmentId && startedAt < row.sentAt && (shutdown?.at ?? Number.POSITIVE_INFINITY) > row.sentAt,
  ).length;
  if (live > 0) return live === 1 ? 'the one environment was busy' : `all ${live} environments were busy`;
  const earlier = environments.some(({id, startedAt}) => id !== row.environmentId && startedAt < row.sentAt);
  return earlier ? 'no environment was left' : 'first request';
}
