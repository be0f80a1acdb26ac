import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Duplex} from 'node:stream';
import type {Address} from '../sandbox/sandbox.ts';
import {brokenOff} from './api-answer.ts';

export type ApiHandler = (request: IncomingMessage, response: ServerResponse, id: string) => void | Promise<void>;
/** `path`: `:id` stands for one segment. */
export type ApiRoute = {method: string; path: string; handle: ApiHandler};

export type ApiServer = {
  address: Address;
  close(): Promise<void>;
};

/**
 * Serves an environment's APIs on the first address that is free. Without any time limit: a frozen process keeps
 * its sockets, and must find them open when it goes on.
 */
export async function startApiServer(
  addresses: Iterable<Address>,
  routes: () => readonly ApiRoute[],
): Promise<ApiServer> {
  const server = createServer(
    {keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, connectionsCheckingInterval: 2 ** 30},
    (request, response) => {
      const {socket} = request;
      const before = latest.get(socket);
      latest.set(socket, response);
      const serve = () => {
        answering.set(socket, response);
        void dispatch(routes(), request, response);
      };
      // A request may come before the one ahead of it on its connection is answered; it counts from then on.
      if (before && !before.writableFinished) before.once('finish', serve);
      else serve();
    },
  );
  const latest = new WeakMap<Duplex, ServerResponse>();
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.on('clientError', (_error, socket) => endBroken(socket, answering.get(socket)));
  for (const address of addresses) {
    const bound = await new Promise<AddressInfo | NodeJS.ErrnoException>(resolve => {
      server.once('error', resolve);
      server.listen(address.port, address.host, () => {
        server.removeListener('error', resolve);
        resolve(server.address() as AddressInfo);
      });
    });
    if (!(bound instanceof Error)) {
      return {address: {host: address.host, port: bound.port}, close: () => closeServer(server)};
    }
    server.removeAllListeners('error');
    if (bound.code !== 'EADDRINUSE') throw bound;
  }
  throw new Error('No loopback address is free for the Runtime API of an execution environment.');
}

/** A request that breaks off in its body is left to its handler, which can still answer; anything else gets a bare 400. */
function endBroken(socket: Duplex, response: ServerResponse | undefined): void {
  if (response && !response.req.complete && !response.writableEnded) {
    response.shouldKeepAlive = false;
    response.req.emit(brokenOff);
  } else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
}

function closeServer(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function dispatch(routes: readonly ApiRoute[], request: IncomingMessage, response: ServerResponse) {
  response.on('error', () => {});
  const parts = request.url!.split('?')[0]!.split('/');
  const matching = routes.flatMap(route => {
    const id = matchPath(route.path.split('/'), parts);
    return id === undefined ? [] : [{route, id}];
  });
  const match = matching.find(({route}) => route.method === request.method);
  if (match) return match.route.handle(request, response, match.id);
  request.resume();
  if (matching.length === 0) {
    response.writeHead(404, {'Content-Type': 'text/plain'}).end('404 page not found\n');
    return;
  }
  response.writeHead(405, {Allow: matching.map(({route}) => route.method).join(', ')}).end();
}

/** The segment at `:id` ('' without one) when the path fits. */
function matchPath(wanted: readonly string[], given: readonly string[]): string | undefined {
  if (wanted.length !== given.length) return undefined;
  let id = '';
  for (const [index, segment] of wanted.entries()) {
    if (segment === ':id') id = given[index]!;
    else if (segment !== given[index]) return undefined;
  }
  return id;
}
