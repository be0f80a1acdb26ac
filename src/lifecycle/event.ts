/**
 * The lifecycle event: one item in the table, one line of NDJSON, one row on the screen.
 * Times are ISO 8601 UTC with milliseconds.
 */
export type LifecycleEvent = {
  /** UUID made once per event: a retried write is the same item. */
  eventId: string;
  /** When the extension received the event. */
  timestamp: string;
  /** The same, set at each attempt to write it. */
  writtenAt: string;
  eventType: 'INVOKE' | 'SHUTDOWN';
  functionName: string;
  functionVersion: string;
  /** UUID kept in the environment's /tmp, so it survives a reset. */
  environmentId: string;
  /** When the extension first started in this environment. */
  environmentStartedAt: string;
  /** Starts of the extension in this environment: 1, plus one per reset. */
  generation: number;
  /** 1, 2, 3 … over all events of the environment, resets included. */
  sequence: number;
  /** AWS_LAMBDA_INITIALIZATION_TYPE. */
  initType: string;
  /** `N/A` for SHUTDOWN. */
  requestId: string;
  /** How many INVOKEs this environment has had. */
  invocation: number;
  /** INVOKE only: the first of its generation. */
  cold?: boolean;
  /** `spindown`, `timeout` or `failure`; `N/A` for INVOKE. */
  shutdownReason: string;
  /** SHUTDOWN only: the invocation before it. */
  lastRequestId?: string;
  /** SHUTDOWN only: wall clock since the last `next` of this generation, an upper bound of the idle time. */
  parkedMs?: number;
  /** How long the extension was busy with the event before this one. */
  extensionMs?: number;
  /** Epoch seconds at which the table may drop the item. */
  ttl: number;
};

/** The attribute values that this table's items use. */
export type AttributeValue = {S: string} | {N: string} | {BOOL: boolean};

/** The event as a DynamoDB item. Absent members stay absent. */
export function toItem(event: LifecycleEvent): Record<string, AttributeValue> {
  const item: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(event)) {
    if (value === undefined) continue;
    if (typeof value === 'number') item[name] = {N: String(value)};
    else if (typeof value === 'boolean') item[name] = {BOOL: value};
    else item[name] = {S: value};
  }
  return item;
}

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/**
 * Reads an item that anyone may have written. Undefined when it is not a lifecycle event: no id, no valid time, no
 * function, no environment. Other members that are missing or of the wrong type get the value that says least.
 */
export function fromItem(item: unknown): LifecycleEvent | undefined {
  const text = (name: string) => member(item, name, 'S', 2_048);
  const number = (name: string) => {
    const value = Number(member(item, name, 'N', 40) ?? Number.NaN);
    return Number.isFinite(value) ? value : undefined;
  };
  const eventId = text('eventId');
  const timestamp = text('timestamp');
  const eventType = text('eventType');
  const functionName = text('functionName');
  const environmentId = text('environmentId');
  if (!eventId || !timestamp || !functionName || !environmentId) return undefined;
  if (eventType !== 'INVOKE' && eventType !== 'SHUTDOWN') return undefined;
  if (!isTime(timestamp)) return undefined;
  const startedAt = text('environmentStartedAt');
  const cold = (item as Record<string, {BOOL?: unknown}>).cold?.BOOL;
  const lastRequestId = text('lastRequestId');
  const parkedMs = number('parkedMs');
  const extensionMs = number('extensionMs');
  return {
    eventId,
    timestamp,
    writtenAt: text('writtenAt') ?? timestamp,
    eventType,
    functionName,
    functionVersion: text('functionVersion') ?? 'unknown',
    environmentId,
    environmentStartedAt: startedAt && isTime(startedAt) ? startedAt : timestamp,
    generation: number('generation') ?? 1,
    sequence: number('sequence') ?? 0,
    initType: text('initType') ?? 'unknown',
    requestId: text('requestId') ?? 'N/A',
    invocation: number('invocation') ?? 0,
    ...(typeof cold === 'boolean' && {cold}),
    shutdownReason: text('shutdownReason') ?? 'N/A',
    ...(lastRequestId !== undefined && {lastRequestId}),
    ...(parkedMs !== undefined && {parkedMs}),
    ...(extensionMs !== undefined && {extensionMs}),
    ttl: number('ttl') ?? 0,
  };
}

function isTime(text: string): boolean {
  return dateTime.test(text) && !Number.isNaN(Date.parse(text));
}

function member(item: unknown, name: string, type: 'S' | 'N', longest: number): string | undefined {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, name)) return undefined;
  const value = (item as Record<string, unknown>)[name];
  if (typeof value !== 'object' || value === null) return undefined;
  const text = (value as Record<string, unknown>)[type];
  return typeof text === 'string' && text.length <= longest ? text : undefined;
}
