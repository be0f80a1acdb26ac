import type {RequestRow} from '../../operate/session/session-state.ts';
import {safeLine} from './safe-line.ts';

/** What a status of API Gateway or Lambda means, where it says no more than its number. */
const meanings: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'unauthorized: no token',
  403: 'refused by the authorizer',
  404: 'no such path or stage',
  429: 'throttled: too many at once or per second',
  500: 'authorizer failed, or the API settles',
  502: 'function failed or timed out',
  503: 'not available just now',
  504: 'timed out: no answer within 29 s',
};

/** Why a request failed, in words; undefined for one that did not. */
export function requestError({status, error}: RequestRow): string | undefined {
  if (status === undefined) return undefined;
  const said = error === undefined || /^HTTP \d+$/.test(error) ? undefined : safeLine(error);
  if (said !== undefined && /^cancelled$/.test(said)) return 'cancelled: the session ended';
  if (status === 0) return `no answer: ${said ?? 'the connection ended'}`;
  if (status === 429) return meanings[429];
  if (said !== undefined && /Task timed out/.test(said))
    return `timed out: ${said.replace(/^.*Task timed out/, 'task ended')}`;
  return said ?? meanings[status] ?? (status >= 400 ? `HTTP ${status}` : undefined);
}
