import {type Activity, type Environment, type Environments, type InvocationEnd, isLive} from './environment.ts';
import {endKey, withEnd, withWaitingEnd} from './invocation-end.ts';
import type {EventMessage, LogMessage, Message, ResponseMessage} from './message.ts';
import {parseReport} from './report-line.ts';
import {isResetReason} from './reset.ts';
import {withInitLine, withoutStarting} from './starting.ts';

const keptActivities = 200;
const keptGone = 500;
const proactiveAfterMs = 10_000;

/** Folds one message into what is known of the environments. Messages may come in any order; each event once. */
export function reduceEnvironments(state: Environments, message: Message): Environments {
  if (message.type === 'event') return withEvent(state, message);
  if (message.type === 'log') return withLog(state, message);
  if (message.type === 'response') return withResponse(state, message);
  return state;
}

/**
 * An environment cannot be busy for longer than the function's timeout: whatever hid the end of its invocation, it is
 * idle from then on at the latest. Both durations in ms, `now` in epoch ms on AWS's clock.
 */
export function settleOverdue(state: Environments, now: number, functionTimeoutMs: number): Environments {
  const overdue = (one: Environment) => one.state === 'invoke' && now - (one.busySince ?? now) > functionTimeoutMs;
  if (!state.list.some(overdue)) return state;
  const list = state.list.map((one): Environment => {
    if (!overdue(one)) return one;
    const {busySince = now, ...rest} = one;
    return {...rest, state: 'idle', idleSince: busySince + functionTimeoutMs, idleSource: 'timeout'};
  });
  return {...state, list};
}

function withEvent(state: Environments, event: EventMessage): Environments {
  const known = state.list.find(one => one.id === event.environmentId);
  const counted = countSequence(known ?? fresh(event), event, known !== undefined);
  const newest = event.sequence >= counted.sequence.last;
  const next = event.eventType === 'INVOKE' ? withInvoke(counted, event, newest) : withShutdown(counted, event);
  const list = known ? state.list.map(one => (one === known ? next : one)) : inOrder([...state.list, next]);
  const all = {...state, list};
  return withWaitingEnd(isLive(next) ? all : foldGone(all), event);
}

function fresh(event: EventMessage): Environment {
  const startedAt = Date.parse(event.environmentStartedAt);
  return {
    id: event.environmentId,
    functionName: event.functionName,
    startedAt,
    state: 'idle',
    generation: event.generation,
    initType: event.initType,
    proactive: false,
    invocations: 0,
    missing: 0,
    sequence: {first: event.sequence, last: event.sequence, seen: 0},
    activities: [],
  };
}

/** A gap counts from 1 where the table must still hold the first event, else from the oldest event seen. */
function countSequence(one: Environment, event: EventMessage, known: boolean): Environment {
  const sequence = {
    first: known ? Math.min(one.sequence.first, event.sequence) : event.sequence,
    last: Math.max(one.sequence.last, event.sequence),
    seen: one.sequence.seen + 1,
  };
  const receivedAt = Date.parse(event.timestamp);
  const keptMs = event.ttl * 1_000 - receivedAt;
  const from = receivedAt - one.startedAt < keptMs ? 1 : sequence.first;
  return {...one, sequence, missing: Math.max(0, sequence.last - from + 1 - sequence.seen)};
}

function withInvoke(one: Environment, event: EventMessage, newest: boolean): Environment {
  const startedAt = Date.parse(event.timestamp);
  const activity: Activity = {
    kind: 'invoke',
    requestId: event.requestId,
    invocation: event.invocation,
    startedAt,
    ...(event.cold !== undefined && {cold: event.cold}),
    ...(event.sequence > 0 && {sequence: event.sequence}),
  };
  const activities = addActivity(endPrevious(one.activities, event), activity);
  const proactive = one.proactive || (event.invocation === 1 && startedAt - one.startedAt > proactiveAfterMs);
  const invocations = Math.max(one.invocations, event.invocation);
  // After a reset the same environment serves again, in its next generation.
  const stillEnded = !isLive(one) && event.generation <= one.generation;
  if (!newest || stillEnded) return {...one, activities, proactive, invocations};
  const {idleSince: _since, idleSource: _source, shutdown: _shutdown, ...rest} = one;
  return {
    ...rest,
    activities,
    proactive,
    invocations,
    state: 'invoke',
    generation: event.generation,
    lastRequestId: event.requestId,
    busySince: startedAt,
  };
}

/** Where nothing told the end of the invocation before, the extension's own busy time is the best that is known. */
function endPrevious(activities: readonly Activity[], event: EventMessage): readonly Activity[] {
  const previous = activities.findLast(one => one.kind === 'invoke' && one.invocation === event.invocation - 1);
  if (!previous || previous.endedAt !== undefined || event.extensionMs === undefined) return activities;
  const ended = {...previous, endedAt: previous.startedAt + event.extensionMs};
  return activities.map(one => (one === previous ? ended : one));
}

function withShutdown(one: Environment, event: EventMessage): Environment {
  const at = Date.parse(event.timestamp);
  const activities = addActivity(one.activities, {
    kind: 'shutdown',
    invocation: event.invocation,
    startedAt: at,
    endedAt: at,
    ...(event.sequence > 0 && {sequence: event.sequence}),
  });
  // A reset goes on in the same environment; a SHUTDOWN of an older generation only belongs to its timeline.
  if (event.generation < one.generation) return {...one, activities};
  const {busySince: _busy, ...rest} = one;
  const parked = event.parkedMs === undefined ? undefined : at - event.parkedMs;
  const exact = one.state === 'idle' && one.idleSource !== 'timeout' ? one.idleSince : undefined;
  const idleSince = exact ?? parked;
  const idleSource = exact === undefined ? ('parked' as const) : one.idleSource;
  return {
    ...rest,
    activities,
    state: isResetReason(event.shutdownReason) ? 'reset' : 'gone',
    generation: event.generation,
    invocations: Math.max(one.invocations, event.invocation),
    ...(idleSince !== undefined && {idleSince}),
    ...(idleSince !== undefined && idleSource !== undefined && {idleSource}),
    shutdown: {
      at,
      reason: event.shutdownReason,
      ...(idleSince !== undefined && {idleMs: Math.max(0, at - idleSince)}),
    },
  };
}

function withLog(state: Environments, log: LogMessage): Environments {
  const joined = withLogStream(withInitLine(state, log), log);
  const report = parseReport(log.message);
  if (!report) return joined;
  const {initMs} = report;
  return withEnd(joined, report.requestId, {
    at: log.timestamp,
    source: 'report',
    ...(initMs !== undefined && {initMs}),
  });
}

function withLogStream(state: Environments, log: LogMessage): Environments {
  const {environmentId, stream} = log;
  const known = state.list.find(one => one.id === environmentId && one.logStream === undefined);
  if (!known) return state;
  const joined = {...known, logStream: stream};
  return withoutStarting({...state, list: state.list.map(one => (one === known ? joined : one))}, joined, stream);
}

function withResponse(state: Environments, response: ResponseMessage): Environments {
  const {environmentId, invocation, initMs, cold} = response;
  if (!environmentId || invocation === undefined) return state;
  const at = Date.parse(response.at);
  const end: InvocationEnd = {at, source: 'response', ...(cold && initMs !== undefined && {initMs})};
  return withEnd(state, endKey(environmentId, invocation), end);
}

function addActivity(activities: readonly Activity[], activity: Activity): readonly Activity[] {
  return [...activities, activity].sort((a, b) => a.startedAt - b.startedAt).slice(-keptActivities);
}

function inOrder(list: Environment[]): Environment[] {
  return list.sort((a, b) => a.startedAt - b.startedAt || a.id.localeCompare(b.id));
}

function foldGone(state: Environments): Environments {
  const ended = state.list.filter(one => !isLive(one));
  const surplus = ended.length - keptGone;
  if (surplus <= 0) return state;
  const folded = new Set(ended.slice(0, surplus));
  return {...state, list: state.list.filter(one => !folded.has(one)), foldedGone: state.foldedGone + surplus};
}
