/** Does what its event says, and counts. */
export const handler = `
const born = Date.now();
let count = 0;
export const handler = async event => {
  console.log('hello from', event.name ?? 'nobody');
  if (event.sleepMs) await new Promise(resolve => setTimeout(resolve, event.sleepMs));
  if (event.fail) throw new TypeError('boom!');
  if (event.crash) process.exit(3);
  if (event.hang) await new Promise(() => setInterval(() => {}, 1000));
  return {count: ++count, born, greeting: process.env.GREETING, stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME};
};`;

/** Registers, then says every event it gets in the log. */
export const extension = `#!/usr/bin/env node
const http = require('node:http');
const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const call = (method, path, headers, body) => new Promise((resolve, reject) => {
  const request = http.request({host, port, method, path: '/2020-01-01/extension/' + path, headers}, response => {
    let text = '';
    response.on('data', chunk => { text += chunk; });
    response.on('end', () => resolve({headers: response.headers, text}));
  });
  request.on('error', reject);
  request.end(body);
});
(async () => {
  const name = require('node:path').basename(__filename);
  const registered = await call('POST', 'register', {'Lambda-Extension-Name': name}, JSON.stringify({events: ['INVOKE', 'SHUTDOWN']}));
  const id = {'Lambda-Extension-Identifier': registered.headers['lambda-extension-identifier']};
  for (;;) {
    const event = JSON.parse((await call('GET', 'event/next', id)).text);
    console.log('[witness] ' + event.eventType + ' ' + (event.shutdownReason ?? ''));
    if (event.eventType === 'SHUTDOWN') process.exit(0);
  }
})();`;
