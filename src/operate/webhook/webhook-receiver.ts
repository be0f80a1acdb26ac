import {randomBytes} from 'node:crypto';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {readWebhookBody, type WebhookBody} from './webhook-body.ts';

/** A request of the extension that was taken. `at`: epoch ms; `bytes` of body; `status` of the answer. */
export type Delivery = WebhookBody & {at: number; status: number; bytes: number};

export type WebhookReceiver = {
  /** Where the extension is to send to; the path is the secret. */
  url: string;
  /** Tells what has been taken so far, the last thousand, then each that is. Returns the unsubscriber. */
  subscribe(listener: (delivery: Delivery) => void): () => void;
  counts(): {taken: number; refused: number};
  /** Ends every connection and lets go of the port. Safe to call twice. */
  close(): Promise<void>;
};

const bodyLimitBytes = 65_536;
const kept = 1_000;
/** An extension sends at once and gives up after 800 ms; whoever is slower wants something else. */
const requestLimitMs = 5_000;
const mostConnections = 256;

/**
 * Takes the extension's webhook on a loopback port of its own and answers 204. Whatever else knocks is refused and counted:
 * a name that is not loopback or a web page with 403, another path with 404, another method with 405, more than 64 kB
 * with 413, no JSON with 400, members that make no sense with 422.
 */
export async function openWebhookReceiver(): Promise<WebhookReceiver> {
  const path = `/${randomBytes(24).toString('hex')}`;
  const listeners = new Set<(delivery: Delivery) => void>();
  const counts = {taken: 0, refused: 0};
  let deliveries: Delivery[] = [];

  async function answer(request: IncomingMessage): Promise<number> {
    const refused = refusal(request, path);
    if (refused !== undefined) return refused;
    const body = await readBody(request);
    if (body === undefined) return 413;
    const read = readWebhookBody(body.toString('utf8'));
    if (typeof read === 'number') return read;
    const delivery: Delivery = {...read, at: Date.now(), status: 204, bytes: body.length};
    deliveries = [...deliveries.slice(1 - kept), delivery];
    for (const listener of listeners) listener(delivery);
    return delivery.status;
  }

  const limits = {requestTimeout: requestLimitMs, headersTimeout: requestLimitMs, connectionsCheckingInterval: 1_000};
  const server = createServer({...limits, maxHeaderSize: 8_192}, (request, response) => {
    answer(request).then(
      status => {
        counts[status === 204 ? 'taken' : 'refused'] += 1;
        response.writeHead(status, {connection: 'close', ...(status === 405 && {allow: 'POST'})}).end();
      },
      // The connection ended before its body did.
      () => {
        counts.refused += 1;
      },
    );
  });
  server.on('clientError', (_, socket) => {
    counts.refused += 1;
    socket.destroy();
  });
  server.maxConnections = mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  server.unref();
  const closed = new Promise<void>(resolve => server.once('close', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    subscribe(listener) {
      for (const delivery of deliveries) listener(delivery);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    counts: () => ({...counts}),
    async close() {
      listeners.clear();
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;

function refusal({headers, method, url}: IncomingMessage, path: string): number | undefined {
  if (!loopbackHost.test(headers.host ?? '') || headers.origin !== undefined) return 403;
  if (url !== path) return 404;
  if (method !== 'POST') return 405;
  return Number(headers['content-length'] ?? 0) > bodyLimitBytes ? 413 : undefined;
}

/** Undefined when it is too large; the rest is not read. Rejects when it ends before its length. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyLimitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
