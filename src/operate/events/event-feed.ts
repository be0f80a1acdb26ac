import {fromItem, type LifecycleEvent} from '../../lifecycle/event.ts';
import {type EventMessage, message} from '../../lifecycle/message.ts';
import {keepPolling} from '../polling.ts';
import {type EventIndex, queryEvents} from './event-query.ts';
import {createSequenceLedger} from './event-sequence.ts';

/** What the table keeps at most is read again as a whole; older rows may be gone. */
export const retainedWindowMs = 20 * 60_000;

const overlapMs = 10_000;
const gapCheckMs = 30_000;
/** An environment's last writes may go on for this long after its SHUTDOWN row: its queue follows it. */
const flushMs = 1_500;
/** Events of environments that run side by side change places by less than this; more is news. */
const lateAfterMs = 1_000;

export type EventSource = EventIndex & {
  /** Epoch ms on AWS's clock. */
  now: () => number;
  /** Only events newer than this many ms; at most and by default 20 minutes. */
  windowMs?: number;
  signal: AbortSignal;
};

export type EventFeedOptions = EventSource & {
  intervalMs: () => number;
  /** Each event once, those of one read ordered by time. */
  onEvents: (events: EventMessage[]) => void;
  /** After the first read of the whole window. */
  onCaughtUp?: () => void;
  /** The error of a failed read; nothing once reads succeed again. */
  onProblem: (error: unknown) => void;
};

export type EventReader = {
  /** Reads what is due by now. */
  read(): Promise<EventMessage[]>;
};

/** Follows the table until the signal aborts. */
export async function followEvents(options: EventFeedOptions): Promise<void> {
  const reader = createEventReader(options);
  let caughtUp = false;
  await keepPolling({
    intervalMs: options.intervalMs,
    signal: options.signal,
    onProblem: options.onProblem,
    step: async () => {
      const events = await reader.read();
      if (events.length > 0) options.onEvents(events);
      if (!caughtUp) options.onCaughtUp?.();
      caughtUp = true;
    },
  });
}

/**
 * Reads new events. Each read asks for what is newer than the newest known event less 10 s. The whole retained window
 * is read first, again when a SHUTDOWN has come (its environment may just have written what it had queued), and every
 * 30 s while an environment's sequence has a gap.
 */
export function createEventReader(source: EventSource): EventReader {
  const {now, windowMs = retainedWindowMs} = source;
  const ledger = createSequenceLedger();
  const seen = new Map<string, number>();
  let newest = Number.NEGATIVE_INFINITY;
  let wholeAt: number[] = [0];

  return {
    read: async () => {
      const startedAt = now();
      const windowStart = startedAt - Math.min(windowMs, retainedWindowMs);
      const whole = wholeAt.some(at => at <= startedAt);
      const fresh: EventMessage[] = [];
      const from = whole ? windowStart : Math.max(windowStart, newest - overlapMs);
      const catchingUp = newest === Number.NEGATIVE_INFINITY;
      const known = newest;
      for (const event of await queryFrom(source, from)) {
        const at = Date.parse(event.timestamp);
        if (seen.has(event.eventId) || (event.ttl > 0 && event.ttl * 1_000 < startedAt)) continue;
        seen.set(event.eventId, at);
        ledger.add(event);
        newest = Math.max(newest, at);
        const late = !catchingUp && at < known - lateAfterMs;
        fresh.push(message<EventMessage>({type: 'event', ...event, ...(late && {late})}));
      }
      for (const [eventId, at] of seen) if (at < windowStart - overlapMs) seen.delete(eventId);
      wholeAt = wholeAt.filter(at => at > startedAt);
      if (fresh.some(event => event.eventType === 'SHUTDOWN')) wholeAt.push(startedAt, startedAt + flushMs);
      else if (ledger.hasGap(windowStart) && wholeAt.length === 0) wholeAt.push(startedAt + gapCheckMs);
      return fresh;
    },
  };
}

/** All events of the function from `from` (epoch ms) on, oldest first; every page. */
async function queryFrom(source: EventSource, from: number): Promise<LifecycleEvent[]> {
  const events: LifecycleEvent[] = [];
  for await (const page of queryEvents(source, from)) {
    for (const item of page) {
      const event = fromItem(item);
      if (event) events.push(event);
    }
  }
  return events.sort((a, b) =>
    a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : a.sequence - b.sequence,
  );
}
