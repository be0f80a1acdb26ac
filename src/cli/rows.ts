import type {EventMessage, LogMessage, ResponseMessage} from '../lifecycle/message.ts';
import {padCells} from '../text/cells.ts';
import {formatDuration} from '../text/duration.ts';
import {sanitizeLine} from '../text/sanitize.ts';
import {type Part, styled} from './output.ts';

/** `12:04:31.204` in UTC, as AWS's own texts have it. */
export function clockTime(time: string | number): string {
  return new Date(time).toISOString().slice(11, 23);
}

/** The first eight characters are enough to tell environments apart. */
export function shortId(id: string | undefined): string {
  return id === undefined ? '–' : sanitizeLine(id).slice(0, 8);
}

/** One fired request. */
export function responseRow(response: ResponseMessage): Part[] {
  const {at, status, latencyMs, cold, environmentId, invocation, initMs, error} = response;
  const failed = error !== undefined || status >= 400;
  const start = cold === undefined ? '' : cold ? 'cold' : 'warm';
  return [
    styled('dim', clockTime(at)),
    '  ',
    styled(failed ? 'red' : 'green', padCells(status === 0 ? '···' : String(status), 3)),
    padCells(formatDuration(latencyMs), 9, 'right'),
    '  ',
    styled(cold ? 'blue' : 'green', padCells(start, 4)),
    '  ',
    padCells(shortId(environmentId), 8),
    '  ',
    padCells(invocation === undefined ? '' : `#${invocation}`, 5),
    cold && initMs !== undefined && styled('dim', `init ${formatDuration(initMs)}`),
    error !== undefined && styled('red', error),
  ];
}

/** One row of the table. */
export function eventRow(event: EventMessage): Part[] {
  const {timestamp, environmentId, eventType, invocation, cold, shutdownReason, parkedMs, late} = event;
  const details =
    eventType === 'INVOKE'
      ? styled(cold ? 'blue' : 'green', cold ? 'cold' : 'warm')
      : styled('magenta', shutdownReason);
  return [
    styled('dim', clockTime(timestamp)),
    '  ',
    padCells(shortId(environmentId), 8),
    '  ',
    eventType === 'SHUTDOWN' ? styled('magenta', padCells(eventType, 8)) : padCells(eventType, 8),
    '  ',
    padCells(eventType === 'INVOKE' ? `#${invocation}` : '', 4),
    '  ',
    details,
    parkedMs !== undefined && styled('dim', `  parked for ${formatDuration(parkedMs)}`),
    late && styled('yellow', '  late'),
  ];
}

/** One log line; `environmentId` when its stream has been joined. */
export function logRow(log: LogMessage): Part[] {
  const name = log.function.includes('authorizer') ? 'authorizer' : 'target';
  return [
    styled('dim', clockTime(log.timestamp)),
    '  ',
    styled('cyan', padCells(name, 10)),
    '  ',
    styled('dim', streamId(log.stream)),
    '  ',
    log.message,
  ];
}

/** A stream is named `2026/11/21/[$LATEST]0123…`: the end tells environments apart. */
function streamId(stream: string): string {
  return padCells(stream.slice(stream.indexOf(']') + 1).slice(0, 8), 8);
}
