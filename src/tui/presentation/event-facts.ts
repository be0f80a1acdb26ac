import type {EventMessage} from '../../lifecycle/message.ts';
import type {SessionState} from '../../operate/session/session-state.ts';
import {askedEnd} from './asked-end.ts';
import type {EventFacts} from './event-row.ts';

/** What the session knows of an event besides the event. */
export function eventFacts(state: SessionState, event: EventMessage): EventFacts {
  if (event.eventType === 'SHUTDOWN') {
    if (event.shutdownReason !== 'spindown') return {};
    const score = state.scores.byEnvironment.get(event.environmentId);
    if (score) return {score};
    const [startedAt, at] = [Date.parse(event.environmentStartedAt), Date.parse(event.timestamp)];
    const asked = askedEnd({id: event.environmentId, startedAt, at}, state);
    return asked ? {asked} : {};
  }
  if (!event.cold) return {};
  const environment = state.environments.list.find(({id}) => id === event.environmentId);
  const initMs = environment?.activities.find(({requestId}) => requestId === event.requestId)?.initMs;
  return initMs === undefined ? {} : {initMs};
}
