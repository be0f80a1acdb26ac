import {ServiceError} from './service.ts';
import {serialization} from './validate.ts';

/** Parses a JSON body; empty is an empty object. Throws SerializationException for anything but an object. */
export function parseJsonObject(body: Uint8Array): Record<string, unknown> {
  if (body.byteLength === 0) return {};
  const parsed = parse(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw serialization('Start of structure expected at the top of the request body');
  }
  return parsed as Record<string, unknown>;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    throw serialization('Could not parse request body into json');
  }
}

/** Runs an SDK reader over hostile input: whatever it throws (bad base64, a bad date) is the caller's mistake. */
export async function readSafely<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw serialization(`Could not read the request: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A structure as read, without the reader's metadata and without absent members. */
export function withoutNulls(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).filter(([name, member]) => name !== '$metadata' && member !== null && member !== undefined),
  );
}

/** The body of a modelled error in the JSON protocols. */
export function jsonError(error: ServiceError): string {
  return JSON.stringify({__type: error.code, message: error.message, ...error.members});
}
