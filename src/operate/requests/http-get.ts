import {Agent as HttpAgent, get as httpGet, type IncomingHttpHeaders} from 'node:http';
import {Agent as HttpsAgent, get as httpsGet} from 'node:https';

/** API Gateway gives up on an integration after 29 s; nothing later can come. */
const answerLimitMs = 35_000;

export type HttpAnswer = {status: number; headers: IncomingHttpHeaders; sentAt: number; receivedAt: number};
export type HttpGetter = {get(url: string, signal?: AbortSignal): Promise<HttpAnswer>; close(): void};

/** GET requests over at most `connections` connections that are kept open between requests. Bodies are read and dropped. */
export function createHttpGetter(
  origin: string,
  connections: number,
  headers: Record<string, string> = {},
): HttpGetter {
  const secure = new URL(origin).protocol === 'https:';
  const options = {keepAlive: true, maxSockets: connections, maxFreeSockets: connections};
  const agent = secure ? new HttpsAgent(options) : new HttpAgent(options);
  const get = secure ? httpsGet : httpGet;
  return {
    get: (url, signal) =>
      new Promise((resolve, reject) => {
        const limit = AbortSignal.timeout(answerLimitMs);
        const sentAt = Date.now();
        const request = get(
          url,
          {agent, headers, signal: signal ? AbortSignal.any([signal, limit]) : limit},
          response => {
            response.on('error', reject);
            response.on('end', () =>
              resolve({status: response.statusCode ?? 0, headers: response.headers, sentAt, receivedAt: Date.now()}),
            );
            response.resume();
          },
        );
        request.on('error', error =>
          reject(limit.aborted ? new Error(`no answer within ${answerLimitMs / 1000} s`) : error),
        );
      }),
    close: () => agent.destroy(),
  };
}
