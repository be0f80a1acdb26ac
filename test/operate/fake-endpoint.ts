import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {createClients} from '../../src/aws/clients.ts';
import {stackNames} from '../../src/aws/names.ts';
import {type LifecycleEvent, toItem} from '../../src/lifecycle/event.ts';
import type {SessionOptions} from '../../src/operate/session/open-session.ts';

/** An endpoint that real clients talk to: a table, a log group, a function, and the demo's API. */
export type FakeEndpoint = {
  rows: LifecycleEvent[];
  lines: {eventId: string; timestamp: number; message: string; logStreamName: string}[];
  variables: Record<string, string>;
  failing: boolean;
  onUpdate: () => void;
  /** To open a session on it. */
  session: Pick<SessionOptions, 'target' | 'clients' | 'names' | 'apiUrl'>;
  close(): void;
};

export async function openFakeEndpoint(): Promise<FakeEndpoint> {
  let world: FakeEndpoint;
  /** Moves with every update, as Lambda's does. */
  let lastModified = Date.parse('2026-01-01');
  const server = createServer(async (request, answer) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    const json = (value: unknown, status = 200, headers: Record<string, string> = {}): void => {
      answer.writeHead(status, {'content-type': 'application/x-amz-json-1.0', ...headers}).end(JSON.stringify(value));
    };
    if (operation === 'Query') {
      if (world.failing) return json({__type: 'AccessDeniedException', message: 'not for you'}, 400);
      const from = JSON.parse(body).ExpressionAttributeValues[':from'].S;
      return json({Items: world.rows.filter(row => row.timestamp >= from).map(toItem)});
    }
    if (operation === 'FilterLogEvents') {
      const mine = JSON.parse(body).logGroupName.includes('target');
      return json({events: mine ? world.lines : []});
    }
    if (request.url?.includes('/configuration')) {
      if (request.method === 'PUT') {
        world.variables = JSON.parse(body).Environment.Variables;
        lastModified = Date.now();
        world.onUpdate();
      }
      const LastModified = new Date(lastModified).toISOString().replace('Z', '+0000');
      return json({
        Environment: {Variables: world.variables},
        RevisionId: 'r',
        LastUpdateStatus: 'Successful',
        Timeout: 6,
        LastModified,
      });
    }
    if (request.url?.startsWith('/hello')) {
      answer.writeHead(200, {
        'x-lifecycle-environment': 'env-1',
        'x-lifecycle-invocation': '1',
        'x-lifecycle-cold': 'true',
      });
      return answer.end();
    }
    return json({}, 404);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const target = {label: 'Local', region: 'us-east-1', endpoint};
  world = {
    rows: [],
    lines: [],
    variables: {KEPT: 'yes'},
    failing: false,
    onUpdate: () => {},
    session: {
      target,
      names: stackNames('default', 'us-east-1'),
      clients: createClients(target),
      apiUrl: `${endpoint}/hello`,
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return world;
}
