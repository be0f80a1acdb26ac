import {request} from 'node:http';
import type {OpenDestination} from './destination.ts';
import type {Destination} from './subscription-request.ts';

/** Posts a JSON array per batch, on a connection of its own: a kept one may have ended while the consumer was frozen. */
export class HttpDestination implements OpenDestination {
  private readonly host: string;
  private readonly destination: Destination & {protocol: 'HTTP'};

  constructor(host: string, destination: Destination & {protocol: 'HTTP'}) {
    this.host = host;
    this.destination = destination;
  }

  send(items: readonly string[], signal: AbortSignal): Promise<boolean> {
    const {port, path, method} = this.destination;
    const body = Buffer.from(`[${items.join(',')}]`);
    const headers = {
      Host: `sandbox.localdomain:${port}`,
      'Content-Type': 'application/json',
      'Content-Length': body.length,
    };
    return new Promise(resolve => {
      const call = request({host: this.host, port, path, method, headers, agent: false, signal}, response => {
        const {statusCode = 0} = response;
        response.on('error', () => {});
        response.on('close', () => resolve(statusCode >= 200 && statusCode < 300));
        response.resume();
      });
      call.on('error', () => resolve(false));
      call.end(body);
    });
  }

  close(): void {}
}
