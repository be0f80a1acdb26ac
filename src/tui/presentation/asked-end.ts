import type {SessionState} from '../../operate/session/session-state.ts';

/** What asked an environment to go: an order from here, or a change of the function, whoever made it. */
export type AskedEnd = 'forced' | 'replaced';

/** Undefined where nothing is known to have asked for it. `startedAt` and `at`, its SHUTDOWN: epoch ms on AWS's clock. */
export function askedEnd(
  {id, startedAt, at}: {id: string; startedAt: number; at: number},
  {ordered, functionChanges}: Pick<SessionState, 'ordered' | 'functionChanges'>,
): AskedEnd | undefined {
  if (at >= (ordered.get(id) ?? Number.POSITIVE_INFINITY)) return 'forced';
  return changedSince({startedAt}, functionChanges, at) === undefined ? undefined : 'replaced';
}

/** When the function was last changed between the environment's start and `until`: it has the old configuration. Epoch ms. */
export function changedSince(
  {startedAt}: {startedAt: number},
  functionChanges: readonly number[],
  until: number,
): number | undefined {
  const changes = functionChanges.filter(change => change > startedAt && change <= until);
  return changes.length === 0 ? undefined : Math.max(...changes);
}
