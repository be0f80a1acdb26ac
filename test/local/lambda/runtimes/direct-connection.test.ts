import {type AddressInfo, createServer, type Server, type Socket} from 'node:net';
import {afterEach, expect, test} from 'vitest';
import {DirectConnection} from '../../../../src/local/lambda/runtimes/nodejs/direct-connection.ts';

const opened: {server: Server; sockets: Socket[]}[] = [];
afterEach(() => {
  for (const {server, sockets} of opened.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

/** A connection to a server that does with what it gets, and its socket, what the test says. */
async function connected(onData: (text: string, socket: Socket) => void) {
  const sockets: Socket[] = [];
  const server = createServer(socket => {
    sockets.push(socket);
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (text: string) => onData(text, socket));
  });
  opened.push({server, sockets});
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {connection: new DirectConnection('127.0.0.1', (server.address() as AddressInfo).port), sockets};
}

const get = {method: 'GET', path: '/next', headers: {}, body: ''} as const;
const post = {method: 'POST', path: '/response', headers: {'Content-Length': 3}, body: '"é'} as const;
const answer = (body: string) =>
  `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Id:  7 \r\n\r\n${body}`;

test('two requests of one turn are one write, and are answered in their order', async () => {
  const writes: string[] = [];
  const {connection} = await connected((text, socket) => {
    writes.push(text);
    socket.write(answer('first') + answer('"ünd"'));
  });
  const answers = await Promise.all([connection.request(post), connection.request(get)]);
  expect(answers).toEqual([
    {status: 200, headers: {'content-length': '5', 'x-id': '7'}, body: 'first'},
    {status: 200, headers: {'content-length': '6', 'x-id': '7'}, body: '"ünd"'},
  ]);
  expect(writes).toEqual([
    expect.stringMatching(
      /^POST \/response HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\nContent-Length: 3\r\n\r\n"éGET \/next HTTP\/1\.1\r\nHost: \S+\r\n\r\n$/,
    ),
  ]);
});

test('an answer may come in any pieces', async () => {
  const body = 'ä'.repeat(500);
  const bytes = Buffer.from(answer(body) + answer('next'));
  const {connection} = await connected(async (_text, socket) => {
    for (let at = 0; at < bytes.length; at += 33) {
      socket.write(bytes.subarray(at, at + 33));
      await new Promise(resolve => setImmediate(resolve));
    }
  });
  const answers = await Promise.all([connection.request(get), connection.request(get)]);
  expect(answers.map(one => one.body)).toEqual([body, 'next']);
});

test('a connection that is lost fails what waits, and the next request makes a new one', async () => {
  const {connection, sockets} = await connected((_text, socket) => {
    if (sockets.length === 1) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf');
    else socket.write(answer('whole'));
  });
  const lost = await Promise.allSettled([connection.request(get), connection.request(get)]);
  expect(lost.map(({status}) => status)).toEqual(['rejected', 'rejected']);
  expect((await connection.request(get)).body).toBe('whole');
  expect(sockets).toHaveLength(2);
});
