// An extension that registers and asks for the next event, nothing else: what any extension on node costs.
import http from 'node:http';

const base = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2020-01-01/extension`;
const agent = new http.Agent({keepAlive: true});

function call(
  method: string,
  path: string,
  headers: http.OutgoingHttpHeaders,
  body: string | undefined,
  answered: (headers: http.IncomingHttpHeaders, body: string) => void,
): void {
  const request = http.request(`${base}/${path}`, {method, agent, headers}, response => {
    let text = '';
    response.on('data', chunk => {
      text += chunk;
    });
    response.on('end', () => answered(response.headers, text));
  });
  request.end(body);
}

function next(identifier: unknown): void {
  call('GET', 'event/next', {'lambda-extension-identifier': String(identifier)}, undefined, (_, body) => {
    if (JSON.parse(body).eventType === 'SHUTDOWN') process.exit(0);
    next(identifier);
  });
}

call('POST', 'register', {'lambda-extension-name': 'shutdown-notifier'}, '{"events":["INVOKE","SHUTDOWN"]}', headers =>
  next(headers['lambda-extension-identifier']),
);
