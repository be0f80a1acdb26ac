import type {Environment} from '../../lifecycle/environment.ts';
import type {Observation} from '../../lifecycle/forecast.ts';
import type {ObservedEnd} from '../../lifecycle/kept-end.ts';

/** What asked for environments to go, as far as known when an end was seen. Epoch ms on AWS's clock. */
export type Asked = {
  /** The function's LastModified; undefined when the function is gone. */
  lastModified?: number;
  /** When SHUTDOWN was last forced from here. */
  forcedAt?: number;
};

/**
 * What an ended environment says about idle lifetimes. Only an end that nothing asked for is a lifetime: reason
 * `spindown`, and the environment started after the function was last changed. Any other end says that the environment
 * would have lasted longer than until the request, else the event. Undefined when it is not known since when it was idle,
 * or when the function has been changed since: an earlier change may have ended it or nothing at all, and to take either
 * for granted would bend the forecast.
 */
export function observeEnd(environment: Environment, asked: Asked): ObservedEnd | undefined {
  const {shutdown, idleSince, idleSource: source = 'parked', startedAt} = environment;
  if (!shutdown || shutdown.idleMs === undefined || idleSince === undefined) return undefined;
  const {lastModified, forcedAt} = asked;
  const unchanged = lastModified !== undefined && startedAt > lastModified;
  if (shutdown.reason === 'spindown' && changedSince(shutdown.at, idleSince, asked)) return undefined;
  if (shutdown.reason === 'spindown' && unchanged) return {idleMs: shutdown.idleMs, ended: true, source};
  const requests = [lastModified, forcedAt].filter(at => at !== undefined && at > idleSince && at < shutdown.at);
  const askedAt = Math.min(shutdown.at, ...(requests as number[]));
  return {idleMs: askedAt - idleSince, ended: false, source};
}

const changedSince = (at: number, idleSince: number, {lastModified, forcedAt}: Asked): boolean =>
  lastModified !== undefined &&
  lastModified >= at &&
  !(forcedAt !== undefined && forcedAt > idleSince && forcedAt < at);

/** What an environment that is idle now says: its lifetime is longer than this. */
export function observeIdle(environment: Environment, now: number): Observation | undefined {
  if (environment.state !== 'idle' || environment.idleSince === undefined) return undefined;
  return {idleMs: Math.max(0, now - environment.idleSince), ended: false};
}
