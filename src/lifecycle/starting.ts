import type {Environment, Environments, Starting} from './environment.ts';
import type {LogMessage} from './message.ts';

/** As Lambda writes it: the first line of every log stream whose environment was not set up by an invocation. */
const initLine = /^INIT_START Runtime Version: /;
const startLine = /^START RequestId: /;

const keptStarting = 100;
/** As long as events are kept: what has told nothing by then is not going to. */
const forgottenAfterMs = 20 * 60_000;
/** Lambda ends an init that takes longer. */
const longestInitMs = 10_000;

/** Keeps account of the log streams that have begun and whose environment is not known yet. */
export function withInitLine(state: Environments, log: LogMessage): Environments {
  const {stream, timestamp, message} = log;
  const isInit = initLine.test(message);
  const known = state.list.find(one => one.logStream === stream);
  if (known) return isInit ? withInitStart(state, known, timestamp) : state;
  if (isInit) return withStarting(state, log);
  if (!startLine.test(message) || !state.starting.some(one => one.stream === stream)) return state;
  const starting = state.starting.map(one => (one.stream === stream ? {...one, invokedAt: timestamp} : one));
  return {...state, starting};
}

/** The stream is that of `known`: from here on it is one row with it. */
export function withoutStarting(state: Environments, known: Environment, stream: string): Environments {
  const found = state.starting.find(one => one.stream === stream);
  if (!found) return state;
  const starting = state.starting.filter(one => one !== found);
  return withInitStart({...state, starting}, known, found.startedAt);
}

/**
 * The streams of `functionName` to be shown as environments in their init. One that may be an environment which is known
 * by its events, and whose stream is not, is left out: for a moment one row less is better than two rows for one.
 */
export function startingEnvironments(state: Environments, functionName: string): readonly Starting[] {
  const own = state.starting.filter(one => one.functionName === functionName);
  if (own.length === 0) return own;
  const taken = new Set<Starting>();
  for (const environment of state.list) {
    if (environment.logStream !== undefined) continue;
    const sinceInit = (one: Starting) => environment.startedAt - one.startedAt;
    const match = own.find(one => !taken.has(one) && sinceInit(one) > -1_000 && sinceInit(one) < longestInitMs);
    if (match) taken.add(match);
  }
  return own.filter(one => !taken.has(one));
}

function withInitStart(state: Environments, known: Environment, initStartedAt: number): Environments {
  // A reset writes its own INIT_START into the same stream on some runtimes; the first one is the environment's.
  if (known.initStartedAt !== undefined && known.initStartedAt <= initStartedAt) return state;
  return {...state, list: state.list.map(one => (one.id === known.id ? {...one, initStartedAt} : one))};
}

function withStarting(state: Environments, {stream, timestamp, function: functionName, environmentId}: LogMessage) {
  if (environmentId !== undefined || state.starting.some(one => one.stream === stream)) return state;
  const recent = state.starting.filter(one => timestamp - one.startedAt < forgottenAfterMs);
  const added: Starting = {state: 'init', stream, functionName, startedAt: timestamp};
  return {...state, starting: [...recent, added].slice(-keptStarting)};
}
