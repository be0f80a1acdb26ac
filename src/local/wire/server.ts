import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {Front, type FrontOptions} from './front.ts';
import {BodyCut} from './read-body.ts';
import {ConnectionCut} from './traffic.ts';

/** Longer than clients keep an idle connection, so that it is never the server that closes under a request. */
const keepAliveTimeout = 65_000;

export type WireServer = {
  /** `http://127.0.0.1:PORT` */
  endpoint: string;
  port: number;
  /** From now on only these scopes are served; everything else, deployed APIs included, is 503. */
  serveOnly(scopes: readonly string[]): void;
  /** Ends every connection; resolves when the port is free. */
  close(): Promise<void>;
};

/** `port`: on 127.0.0.1; 0 for a free one. */
export type WireOptions = Omit<FrontOptions, 'endpoint'> & {port: number};

/**
 * Opens the one port of the embedded AWS. Rejects with the system's error (EADDRINUSE) when it is taken.
 * Answers may take as long as they want: only reading a request is bounded in time.
 */
export async function startWireServer({port: wanted, ...options}: WireOptions): Promise<WireServer> {
  let endpoint = '';
  const front = new Front({...options, endpoint: () => endpoint});
  const server = createServer({keepAlive: true, keepAliveTimeout}, (request, response) => {
    // An answer that breaks off is the caller's business alone.
    response.on('error', () => {});
    front.answer(request, response).catch(error => {
      if (!(error instanceof BodyCut || error instanceof ConnectionCut))
        options.onFault(error, `${request.method} ${request.url}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const {port} = server.address() as AddressInfo;
  endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    port,
    serveOnly: scopes => front.serveOnly(scopes),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
