import type {Environment} from './environment.ts';
import {goneUnseenFrom} from './forecast.ts';

/** After a timeout or a failure Lambda resets an environment instead of ending it, and may let it serve again. */
export const isResetReason = (reason: string): boolean => reason === 'timeout' || reason === 'failure';

/** Epoch ms on AWS's clock; `lateMs`: how long an environment idles, where that is known. */
export type SinceReset = {functionChanges: readonly number[]; lateMs: number | undefined; now: number};

/**
 * What has probably become of one that was reset: nobody is told when it goes. A change of the function replaces it, and it
 * idles no longer than others.
 */
export function sinceReset(
  {shutdown}: Environment,
  {functionChanges, lateMs, now}: SinceReset,
): 'may serve again' | 'perhaps dropped since' | 'replaced since' {
  const at = shutdown?.at ?? now;
  if (functionChanges.some(change => change >= at)) return 'replaced since';
  return lateMs !== undefined && now - at > lateMs * goneUnseenFrom ? 'perhaps dropped since' : 'may serve again';
}
