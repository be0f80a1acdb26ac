import {isLive} from '../../lifecycle/environment.ts';
import type {AppState} from '../state/app-state.ts';

/**
 * Whether what happened between two states is worth a bell: an environment went by itself, or a forced SHUTDOWN has
 * ended. Those that go because it was asked for ring once, at the end of it.
 */
export function rings(before: AppState, after: AppState): boolean {
  const old = before.dashboard?.data;
  const now = after.dashboard?.data;
  if (!old || !now || old === now || before.dashboard?.session !== after.dashboard?.session) return false;
  if (now.shutdown?.finished && old.shutdown && !old.shutdown.finished) return true;
  const expected = new Set(now.shutdown?.expected);
  const live = new Set(old.environments.list.filter(isLive).map(({id}) => id));
  return now.environments.list.some(one => !isLive(one) && live.has(one.id) && !expected.has(one.id));
}
