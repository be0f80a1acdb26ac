import {isUtf8} from 'node:buffer';
import {createHash} from 'node:crypto';
import {HttpError} from './http-error.ts';
import type {HttpRequest} from './request.ts';

/** 256 kB. Lambda takes 6 MB, API Gateway 10 MB: a limit of one's own keeps the memory and the time of one request small. */
const longestBodyBytes = 262_144;

/** A request's body: parsed when it is JSON, else its text; of anything but UTF-8 only size and digest (hex). */
export type Body =
  | {kind: 'json'; bytes: number; value: unknown}
  | {kind: 'text'; bytes: number; value: string}
  | {kind: 'binary'; bytes: number; sha256: string};

/** Null when there is none. Throws the 400, 413 or 415 that a body deserves. */
export function readBody({body, isBase64Encoded, headers}: HttpRequest): Body | null {
  if (body === null || body === undefined || body === '') return null;
  if (typeof body !== 'string') throw new HttpError(400, 'invalid_event', 'The body of the event is not a text.');
  const bytes = Buffer.byteLength(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes > longestBodyBytes) {
    throw new HttpError(413, 'body_too_large', `The body has more than ${longestBodyBytes} bytes.`);
  }
  if (isBase64Encoded && !isBase64(body)) {
    throw new HttpError(400, 'invalid_event', 'The body of the event is said to be base64, and is not.');
  }
  const content = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (isJson(headers['content-type']?.at(-1))) {
    if (/[^,\s]/.test(headers['content-encoding']?.join().replace(/identity/gi, '') ?? '')) {
      throw new HttpError(415, 'unsupported_encoding', 'A JSON body is taken as it is only, not compressed.');
    }
    return {kind: 'json', bytes, value: parsed(content)};
  }
  if (isUtf8(content) && !content.includes(0)) return {kind: 'text', bytes, value: content.toString()};
  return {kind: 'binary', bytes, sha256: createHash('sha256').update(content).digest('hex')};
}

/** `application/json`, and everything that ends in `+json`. */
function isJson(contentType = ''): boolean {
  return /^\s*[\w.+-]+\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType);
}

function parsed(content: Buffer): unknown {
  try {
    if (!isUtf8(content)) throw new SyntaxError('not UTF-8');
    const value: unknown = JSON.parse(content.toString());
    // What is nested too deeply to be written again is of no use to anybody.
    JSON.stringify(value);
    return value;
  } catch {
    throw new HttpError(400, 'malformed_json', 'The body is said to be JSON, and is not.');
  }
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
