import type {Environment} from '../../../lifecycle/environment.ts';
import type {DeliveryMessage, EventMessage} from '../../../lifecycle/message.ts';
import type {SessionState} from '../../../operate/session/session-state.ts';
import type {EventItem, Gap} from '../../presentation/event-row.ts';
import {timeOf} from '../../presentation/event-row.ts';

type Sources = Pick<SessionState, 'events' | 'deliveries' | 'environments'>;

/** Table items, webhook deliveries between them, and where events are missing; oldest first. */
export function createEventItems() {
  let last: {sources: Sources; items: readonly EventItem[]} | undefined;
  let gaps = new Map<string, Gap>();
  return (sources: Sources): readonly EventItem[] => {
    const {events, deliveries, environments} = sources;
    const same =
      last?.sources.events === events &&
      last.sources.deliveries === deliveries &&
      last.sources.environments.list === environments.list;
    if (last && same) return last.items;
    const before = gaps;
    gaps = new Map();
    for (const gap of gapsIn(events, environments.list)) {
      // The same object as long as it says the same: lists tell what is new by identity.
      const known = before.get(gap.key);
      gaps.set(gap.key, known?.missing === gap.missing && known.at === gap.at ? known : gap);
    }
    const items = deliveries.length === 0 && gaps.size === 0 ? events : joined(events, deliveries, gaps);
    last = {sources: {events, deliveries, environments}, items};
    return items;
  };
}

function joined(
  events: readonly EventMessage[],
  deliveries: readonly DeliveryMessage[],
  gaps: ReadonlyMap<string, Gap>,
): EventItem[] {
  const items: EventItem[] = [];
  let next = 0;
  for (const event of events) {
    for (; next < deliveries.length && timeOf(deliveries[next]!) < event.timestamp; next++)
      items.push(deliveries[next]!);
    const gap = gaps.get(event.eventId);
    if (gap) items.push(gap);
    items.push(event);
  }
  for (; next < deliveries.length; next++) items.push(deliveries[next]!);
  return items;
}

/** A gap stands before the first event behind it. What is missing and lies in no gap was before the oldest event seen. */
function gapsIn(events: readonly EventMessage[], environments: readonly Environment[]): Gap[] {
  const missing = new Map(environments.filter(one => one.missing > 0).map(one => [one.id, one.missing]));
  if (missing.size === 0) return [];
  const gaps: Gap[] = [];
  const first = new Map<string, EventMessage>();
  const last = new Map<string, number>();
  for (const event of events) {
    const {environmentId, sequence} = event;
    if (!missing.has(environmentId) || sequence < 1) continue;
    const before = last.get(environmentId);
    if (before === undefined) first.set(environmentId, event);
    else if (sequence > before + 1) gaps.push(gapBefore(event, sequence - before - 1));
    last.set(environmentId, Math.max(before ?? 0, sequence));
  }
  for (const gap of gaps) missing.set(gap.environmentId, missing.get(gap.environmentId)! - gap.missing);
  for (const [id, event] of first) {
    const rest = Math.min(missing.get(id)!, event.sequence - 1);
    if (rest > 0) gaps.push(gapBefore(event, rest));
  }
  return gaps;
}

const gapBefore = ({eventId, environmentId, timestamp}: EventMessage, missing: number): Gap => ({
  type: 'gap',
  key: eventId,
  at: timestamp,
  environmentId,
  missing,
});
