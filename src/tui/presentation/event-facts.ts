import type {EventMessage} from '../../lifecycle/message.ts';
import type {SessionState} from '../../operate/session/session-state.ts';
import type {EventFacts} from './event-row.ts';

/** What the session knows of an event besides the event. */
export function eventFacts({environments, scores}: SessionState, event: EventMessage): EventFacts {
  if (event.eventType === 'SHUTDOWN') {
    const score = event.shutdownReason === 'spindown' ? scores.byEnvironment.get(event.environmentId) : undefined;
    return score ? {score} : {};
  }
  if (!event.cold) return {};
  const environment = environments.list.find(({id}) => id === event.environmentId);
  const initMs = environment?.activities.find(({requestId}) => requestId === event.requestId)?.initMs;
  return initMs === undefined ? {} : {initMs};
}
