import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler} from '../wire/service.ts';
import {invalidParameter} from './errors.ts';
import type {LogStore} from './log-store.ts';
import {eventOverhead} from './log-stream.ts';
import {sequenceToken} from './streams.ts';

const hour = 3_600_000;
const maxAge = 14 * 24 * hour;
const maxAhead = 2 * hour;
const maxBatchBytes = 1_048_576;
const maxBatchEvents = 10_000;

/** PutLogEvents: whole batches in order; events too old or too far ahead are named, the rest is kept. */
export function putEvents(store: LogStore): Handler {
  return ({logGroupName = '', logStreamName = '', logEvents = []}: logs.PutLogEventsCommandInput) => {
    const stream = store.stream(logGroupName, logStreamName);
    const events = logEvents.map(({timestamp = 0, message = ''}) => ({timestamp, message}));
    checkBatch(events);
    const now = Date.now();
    const tooOld = events.filter(({timestamp}) => timestamp < now - maxAge).length;
    const tooNewFrom = events.findIndex(({timestamp}) => timestamp > now + maxAhead);
    const end = tooNewFrom === -1 ? events.length : tooNewFrom;
    for (const {timestamp, message} of events.slice(tooOld, end)) stream.add(timestamp, message, now);
    const rejected = {
      ...(tooOld > 0 ? {tooOldLogEventEndIndex: tooOld} : {}),
      ...(tooNewFrom === -1 ? {} : {tooNewLogEventStartIndex: tooNewFrom}),
    };
    return {
      nextSequenceToken: sequenceToken,
      ...(Object.keys(rejected).length > 0 ? {rejectedLogEventsInfo: rejected} : {}),
    };
  };
}

type Event = {timestamp: number; message: string};

function checkBatch(events: readonly Event[]): void {
  if (events.length === 0 || events.length > maxBatchEvents) {
    throw invalidParameter(`A batch has 1 to ${maxBatchEvents} log events.`);
  }
  if (events.some(({timestamp, message}) => !Number.isInteger(timestamp) || timestamp < 0 || message === '')) {
    throw invalidParameter('Every log event needs a timestamp of 0 or later and a message.');
  }
  if (events.some((event, index) => event.timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
  }
  const bytes = events.reduce((sum, {message}) => sum + Buffer.byteLength(message) + eventOverhead, 0);
  if (bytes > maxBatchBytes)
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${maxBatchBytes}`);
  const span = (events.at(-1)?.timestamp ?? 0) - (events[0]?.timestamp ?? 0);
  if (span > 24 * hour) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.');
  }
}
