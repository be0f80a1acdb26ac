import {connect, type Socket} from 'node:net';
import type {ApiAnswer, ApiConnection, ApiRequest} from './api-connection.ts';

type Waiting = {resolve(answer: ApiAnswer): void; reject(error: Error): void};

/**
 * To the embedded Lambda's own Runtime API, over one kept socket: `node:http` would take several times the CPU for each
 * invocation, and milliseconds of the start. That API tells the length of every answer, and answers in order.
 */
export class DirectConnection implements ApiConnection {
  readonly direct = true;
  private readonly host: string;
  private readonly port: number;
  private socket: Socket | undefined;
  private readonly waiting: Waiting[] = [];
  private received: Buffer[] = [];
  private receivedBytes = 0;
  /** With fewer there is nothing to be read yet. */
  private neededBytes = 0;

  constructor(host: string, port: number) {
    this.host = host;
    this.port = port;
  }

  request({method, path, headers, body}: ApiRequest): Promise<ApiAnswer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const head = `${method} ${path} HTTP/1.1\r\nHost: ${this.host}:${this.port}\r\n${lines.join('')}\r\n`;
    this.socket ??= this.open();
    const {socket} = this;
    return new Promise((resolve, reject) => {
      this.waiting.push({resolve, reject});
      socket.ref();
      // What is asked for in one turn goes out as one write.
      if (socket.writableCorked === 0) {
        socket.cork();
        process.nextTick(() => socket.uncork());
      }
      socket.write(head + body);
    });
  }

  private open(): Socket {
    const socket = connect({host: this.host, port: this.port, noDelay: true});
    socket.on('data', chunk => this.receive(chunk));
    socket.on('error', error => this.lose(socket, error));
    socket.on('close', () => this.lose(socket, new Error('The Runtime API closed the connection')));
    return socket;
  }

  private lose(socket: Socket, error: Error): void {
    if (this.socket !== socket) return;
    this.socket = undefined;
    this.keep([]);
    for (const {reject} of this.waiting.splice(0)) reject(error);
  }

  private receive(chunk: Buffer): void {
    this.received.push(chunk);
    this.receivedBytes += chunk.length;
    if (this.receivedBytes < this.neededBytes) return;
    let rest = this.received.length === 1 ? chunk : Buffer.concat(this.received);
    let read = readAnswer(rest);
    while ('answer' in read) {
      rest = rest.subarray(read.bytes);
      const waiting = this.waiting.shift();
      // While a handler works nothing is asked for: the connection must not keep a process alive that has nothing to do.
      if (this.waiting.length === 0) this.socket?.unref();
      waiting?.resolve(read.answer);
      read = readAnswer(rest);
    }
    this.keep(rest.length === 0 ? [] : [rest], read.needed);
  }

  private keep(received: Buffer[], neededBytes = 0): void {
    this.received = received;
    this.receivedBytes = received[0]?.length ?? 0;
    this.neededBytes = neededBytes;
  }
}

/** The first answer in `data` and its size, or how many bytes it takes at least to read one. */
function readAnswer(data: Buffer): {answer: ApiAnswer; bytes: number} | {needed: number} {
  const headBytes = data.indexOf('\r\n\r\n');
  if (headBytes < 0) return {needed: data.length + 1};
  const [statusLine = '', ...lines] = data.toString('latin1', 0, headBytes).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const start = headBytes + 4;
  const end = start + Number(headers['content-length'] ?? 0);
  if (data.length < end) return {needed: end};
  const answer = {status: Number(statusLine.split(' ')[1]), headers, body: data.toString('utf8', start, end)};
  return {answer, bytes: end};
}
