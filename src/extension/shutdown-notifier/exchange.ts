import http from 'node:http';
import https from 'node:https';

export type Exchange = {
  url: URL;
  headers: Record<string, string>;
  body: string;
  /** For the whole exchange, connecting included. */
  timeoutMs: number;
  agent: http.Agent;
  /** Read the body, up to 64 kB; otherwise the connection is given up once the status is known. */
  readBody: boolean;
};

export type Answer = {status: number; body: string};

/** Rejections: `message` is one word, `timeout` or the system's error code; `reused`: on a kept connection. */
export class ExchangeError extends Error {
  readonly reused: boolean;

  constructor(message: string, reused: boolean) {
    super(message);
    this.reused = reused;
  }
}

const longestBody = 65_536;

/** One POST over http or https. Follows no redirects. */
export function exchange({url, headers, body, timeoutMs, agent, readBody}: Exchange): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const module = url.protocol === 'https:' ? https : http;
    const request = module.request(url, {
      method: 'POST',
      agent,
      headers: {...headers, 'content-length': String(Buffer.byteLength(body))},
    });
    const fail = (reason: string) => {
      clearTimeout(timer);
      request.destroy();
      reject(new ExchangeError(reason, request.reusedSocket));
    };
    const timer = setTimeout(fail, timeoutMs, 'timeout');
    request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'error'));
    request.on('response', response => {
      const settle = (text: string) => {
        clearTimeout(timer);
        resolve({status: response.statusCode ?? 0, body: text});
      };
      if (!readBody) {
        settle('');
        request.destroy();
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > longestBody) fail('answer too long');
        else chunks.push(chunk);
      });
      response.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'error'));
      response.on('end', () => settle(Buffer.concat(chunks).toString('utf8')));
    });
    request.end(body);
  });
}
