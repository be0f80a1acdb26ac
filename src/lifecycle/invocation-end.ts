import {type Activity, type Environment, type Environments, type InvocationEnd, isLive} from './environment.ts';
import type {EventMessage} from './message.ts';

const keptEnds = 500;
/** Ends come within minutes of their invocation. */
const keptKeys = 200_000;

/** What ties a response to an invocation: responses carry no request id of Lambda's. */
export function endKey(environmentId: string, invocation: number): string {
  return `${environmentId}#${invocation}`;
}

/** Applies the ends that were heard of before the invocation that `event` tells of. */
export function withWaitingEnd(state: Environments, event: EventMessage): Environments {
  if (event.eventType !== 'INVOKE') return state;
  const {servedBy = servers(state)} = state;
  let next: Environments = {...state, servedBy};
  for (const key of [endKey(event.environmentId, event.invocation), event.requestId]) {
    servedBy.set(key, event.environmentId);
    if (servedBy.size > keptKeys) servedBy.delete(servedBy.keys().next().value!);
    const end = next.waitingEnds.get(key);
    if (!end) continue;
    const waitingEnds = new Map(next.waitingEnds);
    waitingEnds.delete(key);
    next = withEnd({...next, waitingEnds}, key, end);
  }
  return next;
}

/** Ends the invocation that `key` names, a request id or an `endKey`; keeps the end where the invocation is unknown. */
export function withEnd(state: Environments, key: string, end: InvocationEnd): Environments {
  const matches = (one: Environment, activity: Activity) =>
    activity.kind === 'invoke' && (activity.requestId === key || endKey(one.id, activity.invocation) === key);
  // Most that are not found are another function's: no activity has to be looked at for them.
  const id = (state.servedBy ?? servers(state)).get(key);
  const found = state.list.find(one => one.id === id && one.activities.some(activity => matches(one, activity)));
  if (!found) {
    const waiting = [...state.waitingEnds, [key, end] as const].slice(-keptEnds);
    return {...state, waitingEnds: new Map(waiting)};
  }
  const ended = endInvocation(found, found.activities.findLast(activity => matches(found, activity))!, end);
  return {...state, list: state.list.map(one => (one === found ? ended : one))};
}

function servers({list}: Environments): Map<string, string> {
  return new Map(
    list.flatMap(({id, activities}) =>
      activities.flatMap(({invocation, requestId}) => [
        [endKey(id, invocation), id] as const,
        ...(requestId === undefined ? [] : [[requestId, id] as const]),
      ]),
    ),
  );
}

function endInvocation(one: Environment, activity: Activity, end: InvocationEnd): Environment {
  const initMs = end.initMs ?? activity.initMs;
  const known = {...activity, ...(initMs !== undefined && {initMs})};
  const first = activity.invocation <= 1 && initMs !== undefined ? {initMs} : {};
  // REPORT is the end of the whole phase, extensions included: an own response heard later does not replace it.
  if (activity.endedBy === 'report' && end.source === 'response') return one;
  const at = Math.max(end.at, activity.startedAt);
  const next = {...replaced(one, activity, {...known, endedAt: at, endedBy: end.source}), ...first};
  if (activity.invocation !== one.invocations) return next;
  if (!isLive(one)) return withIdleBefore(next, at, end.source);
  const {busySince: _busy, ...rest} = next;
  return {...rest, state: 'idle', idleSince: at, idleSource: end.source};
}

function replaced(one: Environment, before: Activity, after: Activity): Environment {
  return {...one, activities: one.activities.map(other => (other === before ? after : other))};
}

/** The end became known after the SHUTDOWN: it says better than `parkedMs` since when the environment had been idle. */
function withIdleBefore(one: Environment, at: number, source: InvocationEnd['source']): Environment {
  const {shutdown} = one;
  if (shutdown?.reason !== 'spindown' || at > shutdown.at) return one;
  return {...one, idleSince: at, idleSource: source, shutdown: {...shutdown, idleMs: shutdown.at - at}};
}
