// PutItem, 50 at a time, through the embedded AWS and to dynalite's own server: the same raw requests, turn by turn.
import {spawn} from 'node:child_process';
import {Agent, request} from 'node:http';
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {median} from './median.mjs';

const [rounds, perRound, atOnce] = [12, 1_000, 50];
const cli = fileURLToPath(new URL('../bin/lifecycle-tui.js', import.meta.url));
const dynalite = createRequire(import.meta.url).resolve('dynalite');
const bare = `const server = require(${JSON.stringify(dynalite)})({createTableMs: 0});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({endpoint: 'http://127.0.0.1:' + server.address().port})));
process.stdin.on('end', () => process.exit()).resume();`;

/** A server in a process of its own; its first line tells the endpoint. */
async function serve(name, args) {
  const child = spawn(process.execPath, args, {stdio: ['pipe', 'pipe', 'inherit']});
  const ended = new Promise(resolve => child.once('exit', resolve));
  const {endpoint} = await new Promise((resolve, reject) => {
    createInterface({input: child.stdout}).once('line', line => resolve(JSON.parse(line)));
    child.once('exit', () => reject(new Error(`${name} did not start`)));
  });
  const agent = new Agent({keepAlive: true, maxSockets: atOnce});
  const close = async () => {
    agent.destroy();
    child.stdin.end();
    await ended;
  };
  return {name, url: endpoint, agent, close, perSecond: []};
}

function call({url, agent}, operation, input) {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20260101T000000Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00',
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, {method: 'POST', agent, headers}, response => {
      let body = '';
      response.on('data', chunk => {
        body += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(body));
        else reject(new Error(`${url} answered ${response.statusCode}: ${body}`));
      });
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(input));
  });
}

async function createTable(subject) {
  const TableName = 'bench';
  const key = {AttributeName: 'eventId', AttributeType: 'S'};
  const KeySchema = [{AttributeName: 'eventId', KeyType: 'HASH'}];
  const table = {TableName, AttributeDefinitions: [key], KeySchema, BillingMode: 'PAY_PER_REQUEST'};
  await call(subject, 'CreateTable', table);
  while ((await call(subject, 'DescribeTable', {TableName})).Table.TableStatus !== 'ACTIVE');
}

/** An item like those of the extension; the same keys in each round, so that the tables stay as large as they are. */
const itemOf = number => ({
  ...{eventId: {S: `event-${number}`}, eventType: {S: 'INVOKE'}, functionName: {S: 'lambda-target-demo'}},
  ...{timestamp: {S: new Date().toISOString()}, sequence: {N: String(number)}, cold: {BOOL: false}},
});

async function measure(subject) {
  const startedAt = performance.now();
  let sent = 0;
  const caller = async () => {
    while (sent < perRound) await call(subject, 'PutItem', {TableName: 'bench', Item: itemOf(sent++)});
  };
  await Promise.all(Array.from({length: atOnce}, caller));
  return (1_000 * perRound) / (performance.now() - startedAt);
}

export async function run() {
  const subjects = [];
  try {
    subjects.push(await serve('ours', [cli, 'local', '--port', '0', '--json']));
    subjects.push(await serve('bare dynalite', ['-e', bare]));
    for (const subject of subjects) await createTable(subject);
    for (let round = 0; round <= rounds; round += 1) {
      for (const subject of subjects) {
        const perSecond = await measure(subject);
        // The first round warms up.
        if (round > 0) subject.perSecond.push(perSecond);
      }
    }
    const [ours, other] = subjects.map(({perSecond}) => median(perSecond));
    return [
      {
        figure: `PutItem a second, ${atOnce} at a time / bare dynalite`,
        value: (ours / other).toFixed(2),
        bar: '≥ 0.9',
        detail: `${Math.round(ours)}/s against ${Math.round(other)}/s, medians of ${rounds} rounds of ${perRound}`,
      },
    ];
  } finally {
    for (const subject of subjects) await subject.close();
  }
}
