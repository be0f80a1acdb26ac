import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler} from '../wire/service.ts';
import {invalidParameter, noSuchStream} from './errors.ts';
import {parseFilterPattern} from './filter-pattern/parse.ts';
import {type LogGroup, type LogStore, namedGroup} from './log-store.ts';
import type {LogEvent, LogStream} from './log-stream.ts';
import {pageLength} from './page-length.ts';
import {invalidToken, openToken, sealToken} from './page-token.ts';
import {checkStreamNames, checkTimes, limitOf} from './rules.ts';

type Found = LogEvent & {stream: string};

/** AWS searches backwards from here on only. */
const earliestBackwards = Date.UTC(2024, 0, 1);

/**
 * FilterLogEvents: all chosen streams of a group in one order, newest first without `startFromHead`; `startTime` and
 * `endTime` are inclusive. The token holds direction and id of the last event shown and is good for the same question
 * only; the last page has none.
 */
export function filterEvents(store: LogStore): Handler {
  return (input: logs.FilterLogEventsCommandInput) => {
    checkTimes(input);
    const {startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken} = input;
    const group = store.group(namedGroup(input));
    const question = questionOf(group, input);
    const matches = parseFilterPattern(input.filterPattern ?? '');
    const {forwards, from} = nextToken === undefined ? firstPage(input) : readToken(nextToken, question);
    const isNext = (id: string) => from === undefined || (forwards ? id > from : id < from);
    const found: Found[] = [];
    for (const stream of chosenStreams(group, input)) {
      for (const event of stream.eventsFrom(startTime)) {
        if (event.timestamp > endTime) break;
        if (isNext(event.id) && matches(event.message)) found.push({...event, stream: stream.name});
      }
    }
    found.sort((a, b) => (a.id < b.id === forwards ? -1 : 1));
    const page = found.slice(0, pageLength(found, limitOf(input.limit, 10_000)));
    const last = page.at(-1);
    return {
      events: page.map(shown),
      searchedLogStreams: [],
      ...(last && page.length < found.length
        ? {nextToken: sealToken(`${forwards ? 'f' : 'b'}/${last.id}`, question)}
        : {}),
    };
  };
}

function chosenStreams(group: LogGroup, input: logs.FilterLogEventsCommandInput): LogStream[] {
  const {logStreamNames: names, logStreamNamePrefix: prefix} = input;
  if (names !== undefined && prefix !== undefined) {
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive.');
  }
  if (names !== undefined) checkStreamNames(names);
  if (names === undefined) return [...group.streams.values()].filter(({name}) => name.startsWith(prefix ?? ''));
  return [...new Set(names)].map(name => {
    const stream = group.streams.get(name);
    if (!stream) throw noSuchStream();
    return stream;
  });
}

const shown = ({id, stream, timestamp, message, ingestedAt}: Found): logs.FilteredLogEvent => ({
  logStreamName: stream,
  timestamp,
  message,
  ingestionTime: ingestedAt,
  eventId: id,
});

/** All that chooses events; the size of a page may change on the way. */
const questionOf = (group: LogGroup, input: logs.FilterLogEventsCommandInput): unknown[] => [
  ...['events', group.name, input.logStreamNames, input.logStreamNamePrefix],
  ...[input.startTime, input.endTime, input.filterPattern],
];

type Position = {forwards: boolean; from: string | undefined};

function firstPage({startFromHead = true, startTime = earliestBackwards}: logs.FilterLogEventsCommandInput): Position {
  if (!startFromHead && startTime < earliestBackwards) {
    throw invalidParameter('startFromHead can be false only with a startTime on or after Jan 1, 2024 00:00:00 UTC.');
  }
  return {forwards: startFromHead, from: undefined};
}

function readToken(token: string, question: readonly unknown[]): Position {
  const found = /^([fb])\/(\d{56})$/.exec(openToken(token, question));
  if (!found) throw invalidToken();
  return {forwards: found[1] === 'f', from: found[2]};
}
