import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler, RequestContext} from '../wire/service.ts';
import {invalidParameter, streamExists} from './errors.ts';
import {type LogStore, namedGroup} from './log-store.ts';
import {LogStream} from './log-stream.ts';
import {pageByName} from './page.ts';
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
      const prefix = input.logStreamNamePrefix ?? '';
      const ordered = [...group.streams.values()].filter(({name}) => name.startsWith(prefix)).sort(orderOf(input));
      if (input.descending) ordered.reverse();
      const {items, ...rest} = pageByName(ordered, limitOf(input.limit, 50), input.nextToken);
      const arn = `arn:aws:logs:${context.region}:${context.account}:log-group:${group.name}`;
      return {logStreams: items.map(stream => shown(stream, arn)), ...rest};
    },
  };
}

function orderOf(input: logs.DescribeLogStreamsCommandInput): (a: LogStream, b: LogStream) => number {
  const byName = (a: LogStream, b: LogStream) => (a.name < b.name ? -1 : 1);
  if (input.orderBy !== 'LastEventTime') return byName;
  if (input.logStreamNamePrefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const last = (stream: LogStream) => stream.events.at(-1)?.timestamp ?? 0;
  return (a, b) => last(a) - last(b) || byName(a, b);
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
