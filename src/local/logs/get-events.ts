import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler} from '../wire/service.ts';
import {type LogStore, namedGroup} from './log-store.ts';
import type {LogEvent} from './log-stream.ts';
import {pageLength} from './page-length.ts';
import {invalidToken} from './page-token.ts';
import {checkTimes, limitOf} from './rules.ts';

const beginning = ''.padEnd(56, '0');
const tokenForm = /^([fb])\/(\d{56})\/s$/;

/** GetLogEvents: one stream, forwards or backwards; `startTime` is inclusive, `endTime` exclusive, as on AWS. */
export function getEvents(store: LogStore): Handler {
  return (input: logs.GetLogEventsCommandInput) => {
    checkTimes(input);
    const {startTime = 0, endTime = Number.POSITIVE_INFINITY, nextToken, startFromHead = false} = input;
    const stream = store.stream(namedGroup(input), input.logStreamName ?? '');
    const limit = limitOf(input.limit, 10_000);
    const inRange = stream.eventsFrom(startTime).filter(({timestamp}) => timestamp < endTime);
    const token = nextToken === undefined ? undefined : readToken(nextToken);
    const events = pageOf(inRange, limit, token ?? {forwards: startFromHead, from: undefined});
    const first = events[0]?.id ?? token?.from ?? beginning;
    const last = events.at(-1)?.id ?? token?.from ?? beginning;
    return {
      events: events.map(({timestamp, message, ingestedAt}) => ({timestamp, message, ingestionTime: ingestedAt})),
      nextForwardToken: `f/${last}/s`,
      nextBackwardToken: `b/${first}/s`,
    };
  };
}

type Position = {forwards: boolean; from: string | undefined};

function pageOf(events: readonly LogEvent[], limit: number, {forwards, from}: Position): readonly LogEvent[] {
  if (forwards) {
    const left = events.filter(({id}) => from === undefined || id > from);
    return left.slice(0, pageLength(left, limit));
  }
  const left = events.filter(({id}) => from === undefined || id < from);
  return left.slice(left.length - pageLength(left.toReversed(), limit));
}

function readToken(token: string): {forwards: boolean; from: string} {
  const found = tokenForm.exec(token);
  if (!found) throw invalidToken();
  return {forwards: found[1] === 'f', from: found[2] ?? ''};
}
