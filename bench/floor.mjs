// The least that an invoke by HTTP and in a process of its own can be: a bare front, a bare API at which a bare runtime
// waits for events, and nothing else. With `runtime` and a port it is that runtime.
import {spawn} from 'node:child_process';
import {createServer} from 'node:http';
import {connect} from 'node:net';
import {fileURLToPath} from 'node:url';

function serve() {
  const idle = [];
  const callers = new Map();
  let events = 0;
  const api = createServer(async (request, response) => {
    if (request.method === 'GET') return void idle.push(response);
    const body = await bodyOf(request);
    const caller = callers.get(request.url);
    callers.delete(request.url);
    caller.writeHead(200, {'content-length': body.length}).end(body);
    response.writeHead(202, {'content-length': 0}).end();
  });
  const front = createServer(async (request, response) => {
    const body = await bodyOf(request);
    while (idle.length === 0) await new Promise(resolve => setImmediate(resolve));
    const id = `/${++events}`;
    callers.set(id, response);
    idle.shift().writeHead(200, {id, 'content-length': body.length}).end(body);
  });
  api.listen(0, '127.0.0.1', () => {
    const own = [fileURLToPath(import.meta.url), 'runtime', String(api.address().port)];
    spawn(process.execPath, own, {stdio: ['ignore', 'ignore', 'inherit']});
    front.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${front.address().port}`));
  });
  process.stdin.on('end', () => process.exit()).resume();
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function runEvents(port) {
  const socket = connect({host: '127.0.0.1', port, noDelay: true}, () => socket.write(next));
  const next = 'GET / HTTP/1.1\r\nHost: floor\r\n\r\n';
  socket.on('data', data => {
    const text = String(data);
    const id = /^id: (.*)$/m.exec(text)?.[1]?.trim();
    if (!id) return;
    const {number} = JSON.parse(text.slice(text.lastIndexOf('\r\n\r\n')));
    const body = JSON.stringify({number, at: Date.now()});
    socket.write(`POST ${id} HTTP/1.1\r\nHost: floor\r\nContent-Length: ${body.length}\r\n\r\n${body}${next}`);
  });
}

if (process.argv[2] === 'runtime') runEvents(Number(process.argv[3]));
else serve();
