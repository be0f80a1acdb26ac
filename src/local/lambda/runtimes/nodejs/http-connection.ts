import {Agent, request as httpRequest} from 'node:http';
import type {ApiAnswer, ApiConnection, ApiRequest} from './api-connection.ts';

/** Whatever HTTP there is, over one kept connection: a wrapper script may have put a proxy before the Runtime API. */
export class HttpConnection implements ApiConnection {
  readonly direct = false;
  private readonly host: string;
  private readonly port: number;
  private readonly agent = new Agent({keepAlive: true, maxSockets: 1, timeout: 0});

  constructor(host: string, port: number) {
    this.host = host;
    this.port = port;
  }

  request({method, path, headers, body}: ApiRequest): Promise<ApiAnswer> {
    const {host, port, agent} = this;
    return new Promise((resolve, reject) => {
      const call = httpRequest({host, port, method, path, agent, headers}, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      call.on('error', reject);
      call.end(body);
    });
  }
}
