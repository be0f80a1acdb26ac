import {fromItem, toItem} from '../../lifecycle/event.ts';
import {isKeptEnd} from '../../lifecycle/kept-end.ts';
import {stepIds} from '../../lifecycle/message.ts';
import type {RecordedMessage} from '../../lifecycle/recorded-message.ts';

/** What a line says: a message, nothing that this version knows, or why it cannot be read. */
export type ReadLine = {message: RecordedMessage} | {unknown: true} | {problem: string};

/** A finite number that a date can hold: everything here is a count, a duration or epoch ms. */
const number = (value: unknown) => typeof value === 'number' && Math.abs(value) <= 8.64e15;
const flag = (value: unknown) => typeof value === 'boolean';
const text = (longest: number) => (value: unknown) => typeof value === 'string' && value.length <= longest;
const name = text(2_048);
const words = text(65_536);
const url = (value: unknown) => name(value) && /^https?:/.test(String(value)) && URL.canParse(String(value));
/** CloudWatch takes lines of up to 1 MiB. */
const line = text(1_048_576);
const oneOf =
  (...choices: readonly string[]) =>
  (value: unknown) =>
    choices.includes(value as string);
const names = (value: unknown) => Array.isArray(value) && value.length <= 100_000 && value.every(name);
const window = (value: unknown) => {
  const {minMs, maxMs} = (value ?? {}) as Record<string, unknown>;
  return number(minMs) && number(maxMs);
};

/** An AWS name, which becomes a word of a command that is copied. */
const word = (value: unknown) => typeof value === 'string' && /^[A-Za-z][\w-]{0,63}$/.test(value);
const isWords = (value: unknown) => Array.isArray(value) && value.length <= 100 && value.every(word);
/** A call's input: as long as a command may be, and nothing that acts where it is pasted. */
const input = (value: unknown) => {
  if (typeof value !== 'object' || value === null || !Object.keys(value).every(word)) return false;
  const json = JSON.stringify(value);
  return json.length <= 32_768 && !/\\[bfnrtu]|[\x7f-\x9f]/.test(json);
};

const ends = (value: unknown) =>
  Array.isArray(value) && value.length <= 1_000 && value.every(one => isKeptEnd(one) && name(one.environmentId));

type Check = (value: unknown) => boolean;
type Shape = {needs?: Record<string, Check>; may?: Record<string, Check>};

const part = oneOf('deploy', 'session', 'teardown');

/** The members of each type; what else a line has is left out. */
const shapes: Record<Exclude<RecordedMessage['type'], 'event' | 'shutdown'>, Shape> = {
  session: {
    needs: {version: name, label: name, region: name, stack: name, functionName: name, local: flag},
    may: {authorizerName: name},
  },
  begin: {needs: {part}, may: {apiUrl: url, idleWindow: window}},
  end: {needs: {part}, may: {ok: flag, ms: number, apiUrl: url}},
  step: {
    needs: {
      id: oneOf(...stepIds),
      status: oneOf('waiting', 'running', 'done', 'failed', 'skipped'),
      title: name,
      name,
    },
    may: {
      ms: number,
      action: oneOf('created', 'updated', 'unchanged', 'deleted', 'absent'),
      critical: value => value === true,
      detail: words,
      error: words,
    },
  },
  api: {
    needs: {service: word, operation: word, status: number, ms: number, attempt: number},
    may: {step: oneOf(...stepIds), error: words, retryInMs: number, input, without: isWords},
  },
  request: {needs: {key: number, sentAt: number}, may: {sleepMs: number, via: oneOf('invoke')}},
  response: {
    needs: {status: number, latencyMs: number},
    may: {
      key: number,
      requestId: name,
      environmentId: name,
      cold: flag,
      invocation: number,
      initMs: number,
      logStream: name,
      error: words,
    },
  },
  log: {
    needs: {function: name, stream: name, timestamp: number, eventId: name, ingestedAt: number, message: line},
    may: {requestId: name, environmentId: name},
  },
  delivery: {
    needs: {eventId: name, eventType: name, environmentId: name, requestId: name, status: number, bytes: number},
  },
  notice: {needs: {level: oneOf('info', 'warning'), text: words}},
  error: {needs: {title: words}, may: {details: words, solution: words, next: words}},
  result: {needs: {ok: flag}},
  clock: {needs: {offsetMs: number}},
  problem: {may: {text: words}},
  function: {needs: {environments: names}, may: {timeoutMs: number, lastModified: number}},
  earlier: {needs: {ends, teaches: flag}},
};

const shutdownShapes: Record<string, Shape> = {
  ordered: {
    needs: {status: name, startedAt: number, expected: names},
    may: {how: oneOf('update', 'timeout', 'crash'), waitMs: number},
  },
  seen: {needs: {status: name, environmentId: name, reason: name, latencyMs: number}},
  finished: {needs: {status: name}, may: {gaveUp: flag}},
};

/** Reads one line that anyone may have written. Its members are of the right types and sizes, or it is not read. */
export function readLine(json: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return {problem: 'is no JSON'};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {problem: 'is no message'};
  const given = value as Record<string, unknown>;
  const {v, at, type} = given;
  if (typeof type !== 'string') return {problem: 'has no type'};
  if (typeof v === 'number' && v > 1) return {unknown: true};
  if (v !== 1) return {problem: 'has no version'};
  if (typeof at !== 'string' || at.length > 40 || !number(Date.parse(at))) return {problem: 'has no time'};
  const envelope = {v, at: new Date(at).toISOString(), type};
  if (type === 'event') return event(envelope, given);
  if (type === 'shutdown') {
    const shape = typeof given.status === 'string' ? own(shutdownShapes, given.status) : undefined;
    return shape ? shaped(envelope, given, shape) : {problem: 'has no status that fits'};
  }
  const shape = own(shapes, type);
  return shape ? shaped(envelope, given, shape) : {unknown: true};
}

const own = (table: Record<string, Shape>, name: string) => (Object.hasOwn(table, name) ? table[name] : undefined);

function shaped(envelope: object, given: Record<string, unknown>, {needs = {}, may = {}}: Shape): ReadLine {
  const message: Record<string, unknown> = {...envelope};
  for (const [member, check] of Object.entries(needs)) {
    if (!check(given[member])) return {problem: `has no ${member} that fits`};
    message[member] = given[member];
  }
  for (const [member, check] of Object.entries(may)) {
    if (given[member] === undefined) continue;
    if (!check(given[member])) return {problem: `has no ${member} that fits`};
    message[member] = given[member];
  }
  return {message: message as RecordedMessage};
}

/** Lifecycle events are read as the table's items are. */
function event(envelope: object, given: Record<string, unknown>): ReadLine {
  const found = fromItem(toItem(given as never));
  if (!found || !Object.values(found).every(value => typeof value !== 'number' || number(value))) {
    return {problem: 'is no lifecycle event'};
  }
  return {message: {...envelope, ...found, ...(given.late === true && {late: true})} as RecordedMessage};
}
