import {retainedWindowMs} from './event-feed.ts';
import {type EventIndex, queryEvents} from './event-query.ts';

/**
 * How many environments have an event in the retained window and no SHUTDOWN after it: seen, not gone. Whether they still
 * live nobody can ask. Reads the index only, three attributes of each row.
 */
export async function countWarm(source: EventIndex): Promise<number> {
  const newest = new Map<string, {sequence: number; gone: boolean}>();
  const attributes = ['environmentId', 'eventType', 'sequence'];
  for await (const page of queryEvents(source, Date.now() - retainedWindowMs, attributes)) {
    for (const {environmentId, eventType, sequence} of page) {
      if (environmentId?.S === undefined) continue;
      const event = {sequence: Number(sequence?.N ?? 0), gone: eventType?.S === 'SHUTDOWN'};
      const known = newest.get(environmentId.S);
      if (!known || event.sequence >= known.sequence) newest.set(environmentId.S, event);
    }
  }
  return [...newest.values()].filter(({gone}) => !gone).length;
}
