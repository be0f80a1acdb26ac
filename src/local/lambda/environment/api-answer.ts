import type {IncomingMessage, ServerResponse} from 'node:http';

/** Writes an error as the Runtime and Extensions APIs do. */
export function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  answerJson(response, status, {errorMessage, errorType});
}

/** Writes the answer to an accepted report. */
export function accept(response: ServerResponse): void {
  answerJson(response, 202, {status: 'OK'});
}

/** Writes JSON and a newline; an answer already sent, or a caller that has gone, is left alone. */
export function answerJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  response.writeHead(status, {'Content-Type': 'application/json', 'Content-Length': body.length, ...headers});
  response.end(body);
}

/** What a request emits whose caller will not send the rest of its body, but may still read an answer. */
export const brokenOff = 'brokenOff';

export type Body = {
  /** Up to the limit. */
  bytes: Buffer;
  /** Whole size in bytes, also of what was not kept. */
  size: number;
  /** It ended before its end. */
  truncated: boolean;
};

/** Reads a request's body, keeping at most `limit` bytes and counting the rest. */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise(resolve => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (truncated: boolean) => resolve({bytes: Buffer.concat(chunks), size, truncated});
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.on('end', () => finish(false));
    request.on(brokenOff, () => finish(true));
    request.on('close', () => finish(!request.complete));
    request.on('error', () => finish(true));
  });
}

/** A header as one string, nothing when it is missing or empty. */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value.join(',') : value;
  return text === '' ? undefined : text;
}
