import type {IncomingMessage, Server} from 'node:http';
import type {AddressInfo} from 'node:net';

export type Listening = {port: number; close(): Promise<void>};

/** Binds to a free port of 127.0.0.1. Closing ends all connections. */
export async function listen(server: Server): Promise<Listening> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
