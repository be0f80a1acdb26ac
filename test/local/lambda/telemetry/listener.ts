import {createServer as createHttpServer, type IncomingMessage} from 'node:http';
import {type AddressInfo, createServer as createTcpServer, type Socket} from 'node:net';
import type {TelemetryEvent} from '../../../../src/local/lambda/telemetry/event.ts';

export type Listener = {
  port: number;
  events: TelemetryEvent[];
  /** What HTTP requests looked like: method, path, type. */
  requests: string[];
  /** The status of the next answers; 0 leaves them open. */
  status: number;
  close(): Promise<void>;
};

/** Receives deliveries over HTTP, one JSON array each. */
export async function listenHttp(port = 0): Promise<Listener> {
  const server = createHttpServer(async (request, response) => {
    const batch = await readText(request);
    const {status} = listener;
    listener.requests.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
    if (status === 0) return;
    if (status < 300) listener.events.push(...(JSON.parse(batch) as TelemetryEvent[]));
    response.writeHead(status).end();
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  const listener: Listener = {
    port: (server.address() as AddressInfo).port,
    events: [],
    requests: [],
    status: 200,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return listener;
}

/** Receives deliveries over TCP, one line each event. */
export async function listenTcp(port = 0): Promise<Pick<Listener, 'port' | 'events' | 'close'>> {
  const events: TelemetryEvent[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer(socket => {
    sockets.add(socket);
    let rest = '';
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      events.push(...lines.map(line => JSON.parse(line) as TelemetryEvent));
    });
  });
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    events,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
