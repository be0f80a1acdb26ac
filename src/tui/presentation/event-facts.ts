import type {EventMessage} from '../../lifecycle/message.ts';
import type {SessionState} from '../../operate/session/session-state.ts';
import type {EventFacts} from './event-row.ts';

/** What the session knows of an event besides the event. */
export function eventFacts({environments, scores, ordered}: SessionState, event: EventMessage): EventFacts {
  if (event.eventType === 'SHUTDOWN') {
    const score = event.shutdownReason === 'spindown' ? scores.byEnvironment.get(event.environmentId) : undefined;
    if (score) return {score};
    return forcedAfter(ordered.get(event.environmentId), event) ? {forced: true} : {};
  }
  if (!event.cold) return {};
  const environment = environments.list.find(({id}) => id === event.environmentId);
  const initMs = environment?.activities.find(({requestId}) => requestId === event.requestId)?.initMs;
  return initMs === undefined ? {} : {initMs};
}

const forcedAfter = (orderedAt: number | undefined, {timestamp}: EventMessage): boolean =>
  orderedAt !== undefined && Date.parse(timestamp) >= orderedAt;
