import type {ServerResponse} from 'node:http';
import type {WireResponse} from './wire-request.ts';

/** What the SDK's request writer says about itself, and the length, which is counted here. */
const notOurs = new Set(['content-length', 'x-amz-target', 'host']);

/** Writes a whole answer. */
export function send(response: ServerResponse, {status, headers, body}: WireResponse): void {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !notOurs.has(name.toLowerCase())));
  // A 204 has no body and may not say that it has none.
  const length = status === 204 ? {} : {'content-length': String(bytes.byteLength)};
  response.writeHead(status, {...own, ...length});
  response.end(bytes);
}
