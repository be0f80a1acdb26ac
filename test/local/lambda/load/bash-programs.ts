// Runtime and extension in bash alone: a start costs milliseconds, so that many environments fit a test.

/** One HTTP connection, kept open: `call METHOD PATH HEADER BODY` sets `status`, `id` and `body`. */
const http = `
shopt -s nocasematch
exec 3<>"/dev/tcp/\${AWS_LAMBDA_RUNTIME_API%:*}/\${AWS_LAMBDA_RUNTIME_API#*:}" || exit 1
call() {
  printf '%s %s HTTP/1.1\\r\\nHost: lambda\\r\\n%s\\r\\nContent-Length: %d\\r\\n\\r\\n%s' "$1" "$2" "$3" "\${#4}" "$4" >&3
  local line length=0
  read -r _ status _ <&3 || exit 1
  while IFS= read -r line <&3 && line=\${line%$'\\r'} && [ -n "$line" ]; do
    case $line in
      content-length:*) length=\${line#*: } ;;
      lambda-runtime-aws-request-id:*|lambda-extension-identifier:*) id=\${line#*: } ;;
    esac
  done
  body=
  [ "$length" -eq 0 ] || IFS= read -r -d '' -n "$length" body <&3
}
`;

/** Works for 200 ms on each event, then answers with it. */
export const bootstrap = `#!/usr/bin/env bash
LC_ALL=C
${http}
base=/2018-06-01/runtime/invocation
while call GET $base/next 'Accept: */*' '' && [ "$status" = 200 ]; do
  event=$body
  sleep 0.2
  call POST "$base/$id/response" 'Content-Type: application/json' "$event"
done
`;

/** Tells the listener of the test that it registered, and that SHUTDOWN came, each by its identifier. */
export const bashExtension = `#!/usr/bin/env bash
LC_ALL=C
${http}
tell() { echo "$1 $me" >"/dev/tcp/127.0.0.1/$LISTENER_PORT"; }
base=/2020-01-01/extension
call POST $base/register "Lambda-Extension-Name: \${0##*/}" '{"events":["SHUTDOWN"]}'
me=$id
tell registered
call GET $base/event/next "Lambda-Extension-Identifier: $me" ''
case $body in *'"SHUTDOWN"'*spindown*) tell shutdown ;; esac
`;

/** The same extension in Node.js. */
export const nodeExtension = `#!/usr/bin/env node
const http = require('node:http');
const net = require('node:net');
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
const tell = what => new Promise(resolve => net.connect(process.env.LISTENER_PORT, '127.0.0.1').end(what + '\\n', resolve));
(async () => {
  const name = require('node:path').basename(__filename);
  const {headers} = await call('POST', 'register', {'Lambda-Extension-Name': name}, '{"events":["SHUTDOWN"]}');
  const me = headers['lambda-extension-identifier'];
  await tell('registered ' + me);
  const {text} = await call('GET', 'event/next', {'Lambda-Extension-Identifier': me});
  const {eventType, shutdownReason} = JSON.parse(text);
  if (eventType === 'SHUTDOWN' && shutdownReason === 'spindown') await tell('shutdown ' + me);
  process.exit(0);
})();
`;
