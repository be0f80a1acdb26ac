import {isLoopback, type Target} from '../aws/target.ts';
import type {ShutdownRequest} from '../operate/session-state.ts';

/** After that long it is said that the wait goes on. */
export const sayAfterMs = 10_000;

/**
 * How long to wait for the SHUTDOWN events when nobody says; it ends sooner when all have come. After an `update` AWS lets
 * environments live on, mostly for less than 6 minutes, and so does an endpoint on this machine with the behaviour `aws`,
 * which cannot be told from outside. What times out or crashes on this machine is gone at once.
 */
export function shutdownWaitMs(target: Target, how: ShutdownRequest['how']): number {
  if (!isLoopback(target)) return 10 * 60_000;
  return how === 'update' ? 7 * 60_000 : 10_000;
}
