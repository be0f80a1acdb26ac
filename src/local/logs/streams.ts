import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler, RequestContext} from '../wire/service.ts';
import {constraint, invalidParameter, streamExists} from './errors.ts';
import {type LogStore, namedGroup} from './log-store.ts';
import {LogStream} from './log-stream.ts';
import {pageOf} from './page.ts';
import {checkStreamName, limitOf} from './rules.ts';

/** Log streams: create, delete, list. */
export function streamHandlers(store: LogStore): Record<'create' | 'remove' | 'describe', Handler> {
  return {
    create({logGroupName = '', logStreamName = ''}: logs.CreateLogStreamCommandInput) {
      checkStreamName(logStreamName);
      const {streams} = store.group(logGroupName);
      if (streams.has(logStreamName)) throw streamExists();
      streams.set(logStreamName, new LogStream(logStreamName, Date.now()));
    },
    remove({logGroupName = '', logStreamName = ''}: logs.DeleteLogStreamCommandInput) {
      store.group(logGroupName).streams.delete(store.stream(logGroupName, logStreamName).name);
    },
    describe(input: logs.DescribeLogStreamsCommandInput, context: RequestContext) {
      const group = store.group(namedGroup(input));
      const {logStreamNamePrefix: prefix = '', orderBy = 'LogStreamName', descending = false} = input;
      const found = [...group.streams.values()].filter(({name}) => name.startsWith(prefix));
      const {items, ...rest} = pageOf(found, {
        keyOf: orderOf(input),
        descending,
        limit: limitOf(input.limit, 50),
        nextToken: input.nextToken,
        question: ['streams', group.name, prefix, orderBy, descending],
      });
      const arn = `arn:aws:logs:${context.region}:${context.account}:log-group:${group.name}`;
      return {logStreams: items.map(stream => shown(stream, arn)), ...rest};
    },
  };
}

/** What sorts the streams; those with the same last event, or none, go by name. */
function orderOf(input: logs.DescribeLogStreamsCommandInput): (stream: LogStream) => string {
  if (input.orderBy !== undefined && input.orderBy !== 'LogStreamName' && input.orderBy !== 'LastEventTime') {
    throw constraint(input.orderBy, 'orderBy', 'Member must satisfy enum value set: [LogStreamName, LastEventTime]');
  }
  if (input.orderBy !== 'LastEventTime') return ({name}) => name;
  if (input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  return ({events, name}) => `${String(events.at(-1)?.timestamp ?? 0).padStart(17, '0')} ${name}`;
}

function shown(stream: LogStream, groupArn: string): logs.LogStream {
  const [first, last] = [stream.events[0], stream.events.at(-1)];
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    ...(first && last ? {firstEventTimestamp: first.timestamp, lastEventTimestamp: last.timestamp} : {}),
    ...(stream.lastIngestedAt === undefined ? {} : {lastIngestionTime: stream.lastIngestedAt}),
    uploadSequenceToken: sequenceToken,
    arn: `${groupArn}:log-stream:${stream.name}`,
    // As on AWS since 2019, bytes are counted for groups only.
    storedBytes: 0,
  };
}

/** AWS still shows one and no longer looks at it. */
export const sequenceToken = '49'.padEnd(56, '0');
