import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler} from '../wire/service.ts';
import {invalidParameter, noSuchStream} from './errors.ts';
import {parseFilterPattern} from './filter-pattern/parse.ts';
import {type LogGroup, type LogStore, namedGroup} from './log-store.ts';
import {eventOverhead, type LogEvent, type LogStream} from './log-stream.ts';
import {limitOf} from './rules.ts';

const maxPageBytes = 1_048_576;

type Found = LogEvent & {stream: string};

/**
 * FilterLogEvents: all chosen streams of a group in one ascending order; `startTime` and `endTime` are inclusive.
 * The token is the id of the last event shown, and the last page has none.
 */
export function filterEvents(store: LogStore): Handler {
  return (input: logs.FilterLogEventsCommandInput) => {
    const {startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken} = input;
    const matches = parseFilterPattern(input.filterPattern ?? '');
    const after = nextToken === undefined ? '' : readToken(nextToken);
    const found: Found[] = [];
    for (const stream of chosenStreams(store.group(namedGroup(input)), input)) {
      for (const event of stream.eventsFrom(startTime)) {
        if (event.timestamp > endTime) break;
        if (event.id > after && matches(event.message)) found.push({...event, stream: stream.name});
      }
    }
    found.sort((a, b) => (a.id < b.id ? -1 : 1));
    const page = found.slice(0, pageLength(found, limitOf(input.limit, 10_000)));
    const last = page.at(-1);
    return {
      events: page.map(shown),
      searchedLogStreams: [],
      ...(last && page.length < found.length ? {nextToken: tokenOf(last.id)} : {}),
    };
  };
}

function chosenStreams(group: LogGroup, input: logs.FilterLogEventsCommandInput): LogStream[] {
  const {logStreamNames: names, logStreamNamePrefix: prefix} = input;
  if (names !== undefined && prefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive.');
  }
  if (names === undefined) return [...group.streams.values()].filter(({name}) => name.startsWith(prefix ?? ''));
  return [...new Set(names)].map(name => {
    const stream = group.streams.get(name);
    if (!stream) throw noSuchStream();
    return stream;
  });
}

/** How many fit a page: by number, and by size but for the first. */
function pageLength(found: readonly Found[], limit: number): number {
  let bytes = 0;
  for (const [index, {message}] of found.slice(0, limit).entries()) {
    bytes += Buffer.byteLength(message) + eventOverhead;
    if (bytes > maxPageBytes && index > 0) return index;
  }
  return limit;
}

const shown = ({id, stream, timestamp, message, ingestedAt}: Found): logs.FilteredLogEvent => ({
  logStreamName: stream,
  timestamp,
  message,
  ingestionTime: ingestedAt,
  eventId: id,
});

const tokenOf = (id: string): string => Buffer.from(`after/${id}`).toString('base64url');

function readToken(token: string): string {
  const id = /^after\/(\d{56})$/.exec(Buffer.from(token, 'base64url').toString('latin1'))?.[1];
  if (id === undefined) throw invalidParameter('The specified nextToken is invalid.');
  return id;
}
