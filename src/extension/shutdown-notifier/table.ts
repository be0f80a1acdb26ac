import http from 'node:http';
import https from 'node:https';
import aws4 from 'aws4';
import {toItem} from '../../lifecycle/event.ts';
import type {Configuration} from './configuration.ts';
import {type Answer, ExchangeError, exchange} from './exchange.ts';
import type {Put, PutOutcome} from './outbox.ts';

/** The event table. `renew` gives up kept connections, which may have died unnoticed while the environment was frozen. */
export type Table = {put: Put; renew(): void};

type TableOptions = Pick<Configuration, 'endpoint' | 'region' | 'credentials' | 'table'>;

/** A connection unused for longer is not trusted. */
const trustedIdleMs = 5_000;
const throttled = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
]);
/** The same item would be refused again. */
const final = new Set(['ValidationException', 'SerializationException', 'ItemCollectionSizeLimitExceededException']);

/** DynamoDB's PutItem, signed, over node:http or node:https. Puts may run at the same time. */
export function createTable({endpoint, region, credentials, table}: TableOptions): Table {
  const Agent = endpoint.protocol === 'https:' ? https.Agent : http.Agent;
  let agent = new Agent({keepAlive: true});
  let lastAnswerAt = 0;

  function renew(): void {
    // Not destroyed: another put may be under way on it. What it keeps idle is closed.
    const old = agent;
    agent = new Agent({keepAlive: true});
    for (const sockets of Object.values(old.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  }

  async function send(body: string, timeoutMs: number): Promise<Answer> {
    const path = endpoint.pathname;
    const signed = aws4.sign(
      {
        service: 'dynamodb',
        region,
        host: endpoint.host,
        method: 'POST',
        path,
        headers: {'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.PutItem'},
        body,
      },
      credentials,
    );
    const headers = Object.fromEntries(
      Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    return exchange({url: new URL(path, endpoint), headers, body, timeoutMs, agent, readBody: true});
  }

  return {
    renew,
    async put(event, timeoutMs) {
      if (!table) return {ok: false, reason: 'LIFECYCLE_TABLE is not set', retry: 'never'};
      // Wall clock, as a freeze stops the other; one that was set back tells nothing.
      const idleMs = Date.now() - lastAnswerAt;
      if (idleMs < 0 || idleMs > trustedIdleMs) renew();
      const startedAt = performance.now();
      const body = JSON.stringify({TableName: table, Item: toItem(event)});
      try {
        const answer = await send(body, timeoutMs).catch(error => {
          // The server had closed the kept connection. The same eventId makes a second write harmless.
          const leftMs = timeoutMs - (performance.now() - startedAt);
          if (!(error instanceof ExchangeError) || !error.reused || leftMs <= 0) throw error;
          renew();
          return send(body, leftMs);
        });
        lastAnswerAt = Date.now();
        return outcome(answer);
      } catch (error) {
        renew();
        return {ok: false, reason: error instanceof ExchangeError ? error.message : 'unknown', retry: 'now'};
      }
    },
  };
}

function outcome({status, body}: Answer): PutOutcome {
  const type = errorType(body);
  if (status === 200) return isObject(body) ? {ok: true} : {ok: false, reason: 'answer is not JSON', retry: 'now'};
  if (status === 429 || (type && throttled.has(type))) return {ok: false, reason: 'Throttling', retry: 'now'};
  return {ok: false, reason: type ?? `HTTP ${status}`, retry: whenAgain(status, type)};
}

function whenAgain(status: number, type: string | undefined): 'now' | 'later' | 'never' {
  if (status >= 500) return 'now';
  return type && final.has(type) ? 'never' : 'later';
}

/** As PutItem answers. A captive portal or a proxy may answer 200 as well. */
function isObject(body: string): boolean {
  return body.startsWith('{') && body.trimEnd().endsWith('}');
}

function errorType(body: string): string | undefined {
  try {
    const type = String(JSON.parse(body).__type).split('#').at(-1) ?? '';
    return /^[A-Z]\w{0,80}$/.test(type) ? type : undefined;
  } catch {
    return undefined;
  }
}
