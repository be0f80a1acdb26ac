import {plainLine} from '../../../operate/logs/kept-line.ts';
import type {RequestRow} from '../../../operate/session/session-state.ts';
import {safeJson} from '../../../text/safe-json.ts';
import {sanitize} from '../../../text/sanitize.ts';
import {fullTime} from '../../presentation/clock.ts';
import type {EnvironmentItem} from '../../presentation/environment-row.ts';
import type {EventItem} from '../../presentation/event-row.ts';
import {eventLine} from '../../presentation/event-row.ts';
import type {LogItem} from '../../presentation/log-row.ts';
import {markText} from '../../presentation/log-row.ts';
import {logLine} from '../../presentation/log-text.ts';
import {requestText} from '../../presentation/request-row.ts';
import {safeLine} from '../../presentation/safe-line.ts';
import {curlCommand, invokeCommand} from '../../presentation/shell-commands.ts';
import {coldEvidence, whyCold} from '../../presentation/why-cold.ts';
import {currentIndex} from '../../ui/viewport.ts';
import type {DashboardState, PaneId} from '../app-state.ts';
import {itemKey} from './environment-list.ts';
import {listOf} from './pane-lists.ts';

/** What a row is outside of the screen; everything in it is safe to print. */
export type RowTexts = {
  title: string;
  /** One line for people. */
  line(): string;
  /** One line of a saved file. */
  saved(): string;
  /** In the form that is used elsewhere, and what that is: `the environment's id`. */
  as(): {text: string; what: string};
  /** All that is known, as JSON over several lines; nothing for what has no more than its line. */
  json(): string | undefined;
};

/** The texts of one row of a pane. */
export function rowTexts(dashboard: DashboardState, pane: PaneId, row: unknown): RowTexts {
  switch (pane) {
    case 'environments':
      return environmentTexts(row as EnvironmentItem);
    case 'requests':
      return requestTexts(row as RequestRow, dashboard);
    case 'events':
      return eventTexts(row as EventItem);
    case 'logs':
      return logTexts(row as LogItem);
  }
}

/** Those of the row under the cursor. */
export function currentTexts(dashboard: DashboardState): RowTexts | undefined {
  const {focus, views} = dashboard;
  const list = listOf(dashboard, focus);
  const row = list.items.at(currentIndex(list, views[focus]));
  return row === undefined ? undefined : rowTexts(dashboard, focus, row);
}

function environmentTexts(one: EnvironmentItem): RowTexts {
  const id = safeLine(itemKey(one));
  return {
    title: 'Environment',
    line: () => id,
    saved: () => safeJson(one),
    as: () => ({text: id, what: "the environment's id"}),
    json: () => safeJson(cutTexts(one), 2),
  };
}

function requestTexts(row: RequestRow, {apiUrl, stack, data}: DashboardState): RowTexts {
  const {key: _, ahead: underWayBefore, ...members} = row;
  const why = whyCold(row, coldEvidence(data));
  const known = {...members, sentAt: fullTime(row.sentAt), underWayBefore, ...(why && {whyCold: why.words})};
  return {
    title: 'Request',
    line: () =>
      `${requestText(row, why).trimEnd()}${row.requestId === undefined ? '' : `  ${safeLine(row.requestId)}`}`,
    saved: () => safeJson(known),
    as: () =>
      row.via === 'invoke'
        ? {text: invokeCommand(stack.functionName, stack, row.sleepMs), what: 'the request as an aws command'}
        : {text: curlCommand(apiUrl, row.sleepMs), what: 'the request as a curl command'},
    json: () => safeJson(cutTexts(known), 2),
  };
}

function eventTexts(item: EventItem): RowTexts {
  const {key: _, ...gap} = item.type === 'gap' ? item : {key: ''};
  const known = item.type === 'gap' ? gap : item;
  const what = item.type === 'event' ? 'the event' : item.type === 'gap' ? 'the gap' : 'the delivery';
  return {
    title: {event: 'Event', delivery: 'Webhook delivery', gap: 'Missing events'}[item.type],
    line: () => eventLine(item),
    saved: () => safeJson(known),
    as: () => ({text: safeJson(known), what: `${what} as JSON`}),
    json: () => safeJson(cutTexts(known), 2),
  };
}

function logTexts(log: LogItem): RowTexts {
  if (log.type === 'mark') {
    const text = markText(log);
    return {
      title: 'Mark',
      line: () => text,
      saved: () => text,
      as: () => ({text, what: 'the mark'}),
      json: () => undefined,
    };
  }
  return {
    title: 'Log line',
    line: () => logLine(log),
    saved: () => logLine(log),
    as: () => ({text: sanitize(log.message), what: 'the message'}),
    json: () => {
      const {v: _v, at: _at, type: _type, timestamp, ingestedAt, message, ...others} = plainLine(log);
      const times = {timestamp: fullTime(timestamp), ingestedAt: fullTime(ingestedAt)};
      return safeJson(cutTexts({...times, ...others, message: parsed(message)}), 2);
    },
  };
}

/** A message that is a JSON object is shown as one. */
function parsed(message: string): unknown {
  if (!message.trimStart().startsWith('{') || message.length > longest) return message;
  try {
    return JSON.parse(message);
  } catch {
    return message;
  }
}

/** Texts beyond this many characters are cut where they are only looked at. */
const longest = 50_000;

function cutTexts<Members extends object>(members: Members): object {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && value.length > longest
        ? `${value.slice(0, longest)}… and ${value.length - longest} more characters`
        : value,
    ]),
  );
}
