import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {type LogMessage, message} from '../../lifecycle/message.ts';
import {keepPolling} from '../polling.ts';

export type LogTailOptions = {
  logs: CloudWatchLogsClient;
  functionName: string;
  group: string;
  /** Epoch ms; nothing older is read. */
  since: number;
  /** How far each read goes back behind the newest line: a stream may be ingested later than another. ms. */
  overlapMs: number;
  intervalMs: () => number;
  signal: AbortSignal;
  /** Each line once, those of one read ordered by time. */
  onLines: (lines: LogMessage[]) => void;
  /** The error of a failed read; nothing once reads succeed again. */
  onProblem: (error: unknown) => void;
};

export type LogReader = {read(): Promise<LogMessage[]>};

/** Follows one log group by FilterLogEvents until the signal aborts. A group that is missing has no lines yet. */
export async function followLogs(options: LogTailOptions): Promise<void> {
  const reader = createLogReader(options);
  await keepPolling({
    intervalMs: options.intervalMs,
    signal: options.signal,
    onProblem: options.onProblem,
    step: async () => {
      const lines = await reader.read();
      if (lines.length > 0) options.onLines(lines);
    },
  });
}

/** Reads what is new in one log group: all pages, empty ones included, every event id once. */
export function createLogReader(
  options: Pick<LogTailOptions, 'logs' | 'functionName' | 'group' | 'since' | 'overlapMs' | 'signal'>,
): LogReader {
  const {logs, functionName, group, since, overlapMs, signal} = options;
  const seen = new Map<string, number>();
  let newest = since;
  return {
    read: async () => {
      const startTime = Math.max(since, newest - overlapMs);
      const fresh: LogMessage[] = [];
      let nextToken: string | undefined;
      do {
        const page = await logs
          .send(
            new FilterLogEventsCommand({logGroupName: group, startTime, ...(nextToken !== undefined && {nextToken})}),
            {abortSignal: signal},
          )
          .catch(noLogsYet);
        for (const event of page.events ?? []) {
          const line = toMessage(event, functionName);
          if (seen.has(line.eventId)) continue;
          seen.set(line.eventId, line.timestamp);
          newest = Math.max(newest, line.timestamp);
          fresh.push(line);
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      // Reads start at `startTime`, so nothing older can come twice.
      for (const [eventId, timestamp] of seen) if (timestamp < startTime) seen.delete(eventId);
      return fresh.sort(inOrder);
    },
  };
}

function noLogsYet(error: Error): {events?: FilteredLogEvent[]; nextToken?: string} {
  if (error.name === 'ResourceNotFoundException') return {};
  throw error;
}

const platformLine = /^(?:START|END|REPORT) RequestId: ([0-9a-f-]{36})\b/;

function toMessage(event: FilteredLogEvent, functionName: string): LogMessage {
  const text = (event.message ?? '').replace(/\r?\n$/, '');
  const timestamp = event.timestamp ?? 0;
  const requestId = platformLine.exec(text)?.[1];
  return message<LogMessage>({
    type: 'log',
    function: functionName,
    stream: event.logStreamName ?? '',
    timestamp,
    eventId: event.eventId ?? '',
    ingestedAt: event.ingestionTime ?? timestamp,
    message: text,
    ...(requestId !== undefined && {requestId}),
  });
}

function inOrder(a: LogMessage, b: LogMessage): number {
  return a.timestamp - b.timestamp || a.ingestedAt - b.ingestedAt || (a.eventId < b.eventId ? -1 : 1);
}
