import type {ApiMessage} from '../../../lifecycle/message.ts';
import {currentIndex, type List} from '../../ui/viewport.ts';
import type {AppState} from '../app-state.ts';

const keys = new WeakMap<ApiMessage, string>();
let called = 0;

/** Two calls may begin in the same millisecond, and old ones are dropped: neither time nor place tells them apart. */
function keyOf(call: ApiMessage): string {
  const known = keys.get(call);
  if (known !== undefined) return known;
  called += 1;
  const key = String(called);
  keys.set(call, key);
  return key;
}

/** Calls in the order in which they were answered. */
export const callList = (items: readonly ApiMessage[]): List<ApiMessage> => ({items, keyOf, newestAt: 'bottom'});

/** The call under the cursor of the progress screen. */
export function currentCall({progress}: AppState): ApiMessage | undefined {
  if (!progress) return undefined;
  return progress.api[currentIndex(callList(progress.api), progress.view)];
}

/** Every call that is known of: the last deployment's, then the session's. */
export function knownCalls({progress, dashboard}: AppState): readonly ApiMessage[] {
  return [...(progress?.api ?? []), ...(dashboard?.data.api ?? [])];
}

/** Where these calls went, as the aws CLI is told it. */
export function callPlace({progress, dashboard, menu}: AppState): {
  region: string;
  profile?: string;
  endpoint?: string;
} {
  const {
    region = progress?.region ?? '',
    profile,
    endpoint,
  } = dashboard?.stack ?? menu.targets.find(({key}) => key === progress?.key)?.stack ?? {};
  return {region, ...(profile !== undefined && {profile}), ...(endpoint !== undefined && {endpoint})};
}
