import type {IncomingMessage} from 'node:http';

/** The body was larger than the limit. */
export class BodyTooLarge extends Error {}

/** The caller went away before the body was complete. */
export class BodyCut extends Error {}

/**
 * Reads a whole body of at most `limit` bytes; rejects with BodyTooLarge or BodyCut.
 * What is too large is still read to its end, unkept: closing on a caller that is writing would cost it the answer.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > limit) chunks = [];
      else chunks.push(chunk);
    });
    request.once('end', () => (size > limit ? reject(new BodyTooLarge()) : resolve(Buffer.concat(chunks))));
    request.once('error', () => reject(new BodyCut()));
    // It comes at the end of every request, and an error is dear to make.
    request.once('close', () => {
      if (!request.complete) reject(new BodyCut());
    });
  });
}
