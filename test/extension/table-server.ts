import {createServer, type IncomingMessage} from 'node:http';
import type {Socket} from 'node:net';
import {fromItem, type LifecycleEvent} from '../../src/lifecycle/event.ts';
import {type Listening, listen, readText} from './listening.ts';
import {isSigned} from './signature.ts';

/** The only secret key that it takes. */
export const tableSecret = 'wJalrXUtnFEMI/K7MDENG';

/** `wrong`: 200 with a page instead of JSON. `slow`: after 300 ms. */
export type Reply = 'ok' | 'throttle' | 'refuse' | 'fail' | 'hang' | 'drop' | 'wrong' | 'slow';
type Put = {table: string; event: LifecycleEvent; headers: IncomingMessage['headers']};

/** A stand-in for DynamoDB's PutItem. */
export type TableServer = Listening & {
  /** What was answered with 200. */
  puts: Put[];
  attempts: number;
  sockets: number;
  /** The next replies; `ok` when used up. */
  replies: Reply[];
  /** For all that follow, once the list is used up. */
  reply: Reply;
  /** From now on nothing on the connections that exist is answered, and they stay open. */
  goSilent(): void;
  /** Resets every connection. */
  reset(): void;
};

const errors = {
  throttle: [400, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException'],
  refuse: [400, 'com.amazon.coral.validate#ValidationException'],
  fail: [500, 'com.amazonaws.dynamodb.v20120810#InternalServerError'],
} as const;

export async function startTableServer(): Promise<TableServer> {
  const open = new Set<Socket>();
  const silent = new Set<Socket>();
  const server = createServer((request, response) => {
    void readText(request).then(text => {
      if (silent.has(request.socket)) return;
      state.attempts += 1;
      const reply = state.replies.shift() ?? state.reply;
      if (reply === 'hang') return;
      if (reply === 'drop') return request.socket.resetAndDestroy();
      if (reply === 'wrong') return response.end('<html>Please log in</html>');
      response.setHeader('content-type', 'application/x-amz-json-1.0');
      if (reply !== 'ok' && reply !== 'slow') {
        const [status, type] = errors[reply];
        response.statusCode = status;
        return response.end(JSON.stringify({__type: type, message: 'as told'}));
      }
      if (!isSigned(request, text, tableSecret)) {
        response.statusCode = 400;
        return response.end(JSON.stringify({__type: 'com.amazon.coral.service#InvalidSignatureException'}));
      }
      const {TableName, Item} = JSON.parse(text);
      const event = fromItem(Item);
      if (!event) throw new Error(`Not a lifecycle event: ${text}`);
      state.puts.push({table: TableName, event, headers: request.headers});
      if (reply === 'slow') setTimeout(() => response.end('{}'), 300);
      else response.end('{}');
    });
  });
  server.keepAliveTimeout = 0;
  server.on('connection', socket => {
    state.sockets += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const state: TableServer = {
    ...(await listen(server)),
    puts: [],
    attempts: 0,
    sockets: 0,
    replies: [],
    reply: 'ok',
    goSilent() {
      for (const socket of open) silent.add(socket);
    },
    reset() {
      for (const socket of open) socket.resetAndDestroy();
    },
  };
  return state;
}
