import type {Environment} from '../../lifecycle/environment.ts';
import type {EventMessage, LogMessage} from '../../lifecycle/message.ts';
import {type MissingEvents, missingEvents} from '../../lifecycle/missing-events.ts';
import type {RequestRow, SessionState} from '../../operate/session/session-state.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {slideLine} from '../ui/wrap.ts';
import {clockTime, took} from './clock.ts';
import {sequenceWords} from './environment-notes.ts';
import {eventFacts} from './event-facts.ts';
import {eventWords} from './event-row.ts';
import {logWords} from './log-row.ts';
import {safeLine} from './safe-line.ts';

/** One thing that happened in an environment. `at`: epoch ms on AWS's clock. */
export type HistoryItem = {key: string; at: number} & (
  | {kind: 'event'; event: EventMessage}
  | {kind: 'request'; request: RequestRow}
  | {kind: 'log'; log: LogMessage}
  | {kind: 'missing'; missing: MissingEvents}
);

type Data = Pick<SessionState, 'events' | 'requests' | 'logs'>;
let last: (Data & {environment: Environment; items: readonly HistoryItem[]}) | undefined;

/**
 * The events, requests and log lines of one environment together, oldest first, and where an event is missing. Kept until
 * one of them changes: a clock's tick does not look through 50,000 lines.
 */
export function environmentHistory({events, requests, logs}: Data, environment: Environment): readonly HistoryItem[] {
  const same =
    last?.environment === environment && last.events === events && last.requests === requests && last.logs === logs;
  if (!last || !same)
    last = {environment, events, requests, logs, items: collect({events, requests, logs}, environment)};
  return last.items;
}

function collect({events, requests, logs}: Data, environment: Environment): HistoryItem[] {
  const {id} = environment;
  const items: HistoryItem[] = [];
  for (const request of requests) {
    if (request.environmentId === id)
      items.push({kind: 'request', key: `request ${request.key}`, at: request.sentAt, request});
  }
  for (const event of events) {
    if (event.environmentId === id)
      items.push({kind: 'event', key: `event ${event.eventId}`, at: Date.parse(event.timestamp), event});
  }
  for (const log of logs) {
    if (log.environmentId === id)
      items.push({kind: 'log', key: `log ${log.stream} ${log.eventId}`, at: log.timestamp, log});
  }
  for (const missing of missingEvents(environment))
    items.push({kind: 'missing', key: `missing ${missing.first}`, at: missing.before, missing});
  // Array sort is stable: at the same time a request comes before its event, and that before the lines it makes.
  return items.sort((a, b) => a.at - b.at || orderAtOnce[a.kind] - orderAtOnce[b.kind]);
}

const orderAtOnce = {missing: 0, request: 1, event: 2, log: 3};

const looks: Record<HistoryItem['kind'], {glyph: string; tone: Tone}> = {
  request: {glyph: '→', tone: 'accent'},
  event: {glyph: '●', tone: 'invoke'},
  log: {glyph: '│', tone: 'muted'},
  missing: {glyph: '?', tone: 'soon'},
};

/** `fine`: with milliseconds. `left`: cells of its words that are out of sight on the left. */
export type HistoryLook = {fine: boolean; left: number};

/** Cells before the words of a row. */
export const historyHead = (fine: boolean): number => (fine ? 28 : 24);

/** One row: when, which kind of thing by glyph and word, and what it says. */
export function historyRow(item: HistoryItem, state: SessionState, current: boolean, {fine, left}: HistoryLook): Line {
  const shutdown = item.kind === 'event' && item.event.eventType === 'SHUTDOWN';
  const {glyph, tone} = shutdown ? ({glyph: '✕', tone: 'gone'} as const) : looks[item.kind];
  return [
    span(current ? ' ▸ ' : '   ', 'accent'),
    span(
      item.kind === 'missing' ? ' '.repeat(fine ? 12 : 8) : clockTime(item.at, fine ? 3 : 0),
      current ? 'strong' : 'muted',
    ),
    span(`  ${glyph} `, tone),
    span(item.kind.padEnd(9), item.kind === 'log' ? 'muted' : 'plain'),
    ...slideLine(historyWords(item, state), left),
  ];
}

/** What a row says, however long. */
export function historyWords(item: HistoryItem, state: SessionState): Line {
  switch (item.kind) {
    case 'event':
      return eventWords(item.event, eventFacts(state, item.event));
    case 'request':
      return requestWords(item.request);
    case 'log':
      return logWords(item.log);
    case 'missing': {
      const {first, last: end} = item.missing;
      const many = end - first + 1;
      return [span(`${many} event${many === 1 ? '' : 's'} missing: sequence ${sequenceWords(item.missing)}`, 'soon')];
    }
  }
}

function requestWords({status, latencyMs = 0, cold, error}: RequestRow): Line {
  if (status === undefined) return [span('under way', 'init')];
  const failed = status === 0 || status >= 400;
  const temperature = cold === undefined ? '' : cold ? '  cold' : '  warm';
  return [
    span(status === 0 ? 'ERR' : String(status), failed ? 'error' : 'ok'),
    span(`  ${took(latencyMs)}${temperature}`),
    span(error === undefined ? '' : `  ${safeLine(error)}`, 'late'),
  ];
}
