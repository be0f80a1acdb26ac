import type * as logs from '@aws-sdk/client-cloudwatch-logs';
import type {Handler} from '../wire/service.ts';
import {constraint, invalidParameter} from './errors.ts';
import type {LogStore} from './log-store.ts';
import {eventOverhead} from './log-stream.ts';
import {sequenceToken} from './streams.ts';

const hour = 3_600_000;
const maxAge = 14 * 24 * hour;
const maxAhead = 2 * hour;
const maxBatchBytes = 1_048_576;
const maxBatchEvents = 10_000;

/** PutLogEvents: whole batches in order; events too old for AWS or for the group's retention, or too far ahead, are named, the rest is kept. */
export function putEvents(store: LogStore): Handler {
  return ({logGroupName = '', logStreamName = '', logEvents = []}: logs.PutLogEventsCommandInput) => {
    const {retentionDays = Number.POSITIVE_INFINITY} = store.group(logGroupName);
    const stream = store.stream(logGroupName, logStreamName);
    const events = logEvents.map(({timestamp = 0, message = ''}) => ({timestamp, message}));
    checkBatch(events);
    const now = Date.now();
    const tooOld = events.filter(({timestamp}) => timestamp < now - maxAge).length;
    const expired = events.filter(({timestamp}) => timestamp < now - retentionDays * 24 * hour).length;
    const tooNewFrom = events.findIndex(({timestamp}) => timestamp > now + maxAhead);
    const end = tooNewFrom === -1 ? events.length : tooNewFrom;
    for (const {timestamp, message} of events.slice(Math.max(tooOld, expired), end))
      stream.add(timestamp, message, now);
    const rejected = {
      ...(tooOld > 0 ? {tooOldLogEventEndIndex: tooOld} : {}),
      ...(expired > tooOld ? {expiredLogEventEndIndex: expired} : {}),
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
    const rule = events.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${maxBatchEvents}`;
    throw constraint(`[${events.length} log events]`, 'logEvents', `Member must have length ${rule}`);
  }
  for (const [index, event] of events.entries()) checkEvent(event, `logEvents.${index + 1}.member`);
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

function checkEvent({timestamp, message}: Event, place: string): void {
  if (!Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw constraint(String(timestamp), `${place}.timestamp`, 'Member must have value greater than or equal to 0');
  }
  if (message === '') throw constraint('', `${place}.message`, 'Member must have length greater than or equal to 1');
}
