import {connect} from 'node:net';

export type RawAnswer = {status: number; head: string; body: string};

/** Sends bytes as they are and reads until the server closes or a whole answer is there. Rejects after 10 s. */
export function sendRaw(port: number, bytes: string | Uint8Array): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const finish = () => {
      socket.destroy();
      resolve(parseAnswer(text));
    };
    socket.setTimeout(10_000, () => {
      socket.destroy();
      reject(new Error(`no answer within 10 s, so far: ${text.slice(0, 200)}`));
    });
    socket.on('data', chunk => {
      text += chunk.toString('latin1');
      if (isWhole(text)) finish();
    });
    // A server that refuses while we are writing resets the connection; what it said before counts.
    socket.on('error', () => finish());
    socket.on('close', finish);
    socket.write(bytes);
  });
}

/** Sends bytes and cuts the connection at once. */
export function sendAndCut(port: number, bytes: string): Promise<void> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.destroy()));
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

/** A request in HTTP/1.1 with its length; `headers` may override Host. */
export function requestText(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body: string | undefined = undefined,
): string {
  const all: Record<string, string> = {host: '127.0.0.1', connection: 'close', ...headers};
  if (body !== undefined) all['content-length'] = String(Buffer.byteLength(body));
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body ?? ''}`;
}

/** An Authorization header with the scope of a service; the signature is nonsense, as nobody checks it. */
export function signedFor(service: string, account = 'test', region = 'us-east-1'): string {
  const credential = `${account}/20260101/${region}/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(text)?.[1];
  return end !== -1 && length !== undefined && text.length - end - 4 >= Number(length);
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return {status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body: rest.join('\r\n\r\n')};
}
