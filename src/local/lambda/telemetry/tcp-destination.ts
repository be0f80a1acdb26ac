import {connect, type Socket} from 'node:net';
import type {OpenDestination} from './destination.ts';

/** Writes one event per line on a connection that is kept, and opened again after it has gone. */
export class TcpDestination implements OpenDestination {
  private readonly host: string;
  private readonly port: number;
  private socket: Socket | undefined;

  constructor(host: string, port: number) {
    this.host = host;
    this.port = port;
  }

  send(items: readonly string[], signal: AbortSignal): Promise<boolean> {
    const socket = this.open();
    return new Promise(resolve => {
      const finish = (arrived: boolean) => {
        signal.removeEventListener('abort', giveUp);
        socket.removeListener('close', giveUp);
        if (!arrived) socket.destroy();
        resolve(arrived);
      };
      const giveUp = () => finish(false);
      signal.addEventListener('abort', giveUp);
      socket.on('close', giveUp);
      socket.write(`${items.join('\n')}\n`, error => finish(!error));
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  private open(): Socket {
    // One that has failed is not writable, some time before it is closed.
    if (this.socket?.writable) return this.socket;
    const socket = connect(this.port, this.host);
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.socket === socket) this.socket = undefined;
    });
    // Nothing is expected from a consumer; reading notices when it goes.
    socket.resume();
    this.socket = socket;
    return socket;
  }
}
