import type {LifecycleEvent} from '../../lifecycle/event.ts';
import type {StoredEnvironment} from './environment-file.ts';

/** What `event/next` answered, read by readEvent. */
export type ExtensionEvent =
  | {eventType: 'INVOKE'; requestId: string; deadlineMs: number}
  | {eventType: 'SHUTDOWN'; shutdownReason: string; deadlineMs: number};

export type FunctionIdentity = {functionName: string; functionVersion: string; initType: string};

type RecorderOptions = {
  identity: FunctionIdentity;
  /** As found in the file, already counted up to this generation. */
  environment: StoredEnvironment;
  ttlSeconds: number;
  newId: () => string;
};

/** Turns the platform's events into records, numbering them. Times are wall clock, epoch ms: monotonic clocks stand still in a freeze. */
export type Recorder = {
  environment(): StoredEnvironment;
  record(event: ExtensionEvent, now: number): LifecycleEvent;
  /** `next` has been sent. */
  parked(now: number): void;
};

export function createRecorder({identity, environment: start, ttlSeconds, newId}: RecorderOptions): Recorder {
  let environment = start;
  let lastRequestId: string | undefined;
  let receivedAt: number | undefined;
  let parkedAt: number | undefined;
  let extensionMs: number | undefined;

  function parked(now: number): void {
    if (receivedAt !== undefined) extensionMs = Math.max(0, now - receivedAt);
    receivedAt = undefined;
    parkedAt = now;
  }

  function record(event: ExtensionEvent, now: number): LifecycleEvent {
    receivedAt = now;
    const invoked = event.eventType === 'INVOKE';
    environment = {
      ...environment,
      sequence: environment.sequence + 1,
      ...(invoked && {invocation: environment.invocation + 1, lastRequestId: event.requestId}),
    };
    const timestamp = new Date(now).toISOString();
    const specific = invoked
      ? {requestId: event.requestId, cold: lastRequestId === undefined, shutdownReason: 'N/A'}
      : {
          requestId: 'N/A',
          shutdownReason: event.shutdownReason,
          ...(lastRequestId !== undefined && {lastRequestId}),
          ...(parkedAt !== undefined && {parkedMs: Math.max(0, now - parkedAt)}),
        };
    if (invoked) lastRequestId = event.requestId;
    return {
      eventId: newId(),
      timestamp,
      writtenAt: timestamp,
      eventType: event.eventType,
      ...identity,
      environmentId: environment.environmentId,
      environmentStartedAt: environment.environmentStartedAt,
      generation: environment.generation,
      sequence: environment.sequence,
      invocation: environment.invocation,
      ...specific,
      ...(extensionMs !== undefined && {extensionMs}),
      ttl: Math.floor(now / 1_000) + ttlSeconds,
    };
  }

  return {environment: () => environment, record, parked};
}

/** The environment as this start of the extension finds it: the next generation of the stored one, or a new one. */
export function startEnvironment(
  stored: StoredEnvironment | undefined,
  now: number,
  newId: () => string,
): StoredEnvironment {
  if (stored) return {...stored, generation: stored.generation + 1};
  return {
    environmentId: newId(),
    environmentStartedAt: new Date(now).toISOString(),
    generation: 1,
    invocation: 0,
    sequence: 0,
  };
}

/** Reads an answer of `event/next`; undefined for events that were not asked for. */
export function readEvent(body: unknown): ExtensionEvent | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const {eventType, deadlineMs: deadline, requestId, shutdownReason} = body as Record<string, unknown>;
  const deadlineMs = typeof deadline === 'number' && Number.isFinite(deadline) ? deadline : Number.POSITIVE_INFINITY;
  if (eventType === 'INVOKE') return {eventType, requestId: text(requestId), deadlineMs};
  // Documented in upper case, delivered in lower case.
  if (eventType === 'SHUTDOWN') return {eventType, shutdownReason: text(shutdownReason).toLowerCase(), deadlineMs};
  return undefined;
}

function text(value: unknown): string {
  const printable = typeof value === 'string' ? value.replace(/[^\x21-\x7e]/g, '').slice(0, 256) : '';
  return printable === '' ? 'unknown' : printable;
}
