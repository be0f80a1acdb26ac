// From the moment an event is written to the table to its row on the screen: the real app in a pseudo-terminal, on the
// embedded AWS with the stack deployed. Beside it a bare reader of the table, as often: what the polling alone takes.
import {spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {DynamoDBClient, PutItemCommand, QueryCommand} from '@aws-sdk/client-dynamodb';
import {median} from './median.mjs';
import {openApp, p95} from './tui/terminal.mjs';

const [written, invoked] = [40, 40];
/** The app reads the table of a loopback endpoint as often. */
const pollMs = 250;
const bar = `≤ ${pollMs + 300} ms`;
const cli = fileURLToPath(new URL('../bin/lifecycle-tui.js', import.meta.url));
const [TableName, IndexName, functionName] = ['lambda-state-events', 'timestamp-index', 'lambda-target-demo'];
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const now = () => performance.timeOrigin + performance.now();
/** Moments that fall anywhere between two reads. */
const oddMoment = index => wait(150 + ((index * 97) % 331));

/** The command, with the lines it prints as JSON. */
function start(args, home, stderr = 'inherit') {
  const child = spawn(process.execPath, [cli, ...args, '--json'], {
    stdio: ['pipe', 'pipe', stderr],
    env: {...process.env, HOME: home, XDG_STATE_HOME: home},
  });
  const line = type =>
    new Promise((resolve, reject) => {
      createInterface({input: child.stdout}).on('line', text => {
        const message = JSON.parse(text);
        if (message.type === type) resolve(message);
      });
      child.once('close', () => reject(new Error(`${args.join(' ')} has ended without ${type}`)));
    });
  const ended = new Promise(resolve => child.once('exit', resolve));
  return {child, line, ended};
}

/** Reads what is new every 250 ms, and keeps when it saw each event first. */
function bareReader(client) {
  const seen = new Map();
  let since = new Date().toISOString();
  let reading = true;
  const query = () =>
    new QueryCommand({
      ...{TableName, IndexName, KeyConditionExpression: '#f = :f AND #t > :t'},
      ExpressionAttributeNames: {'#f': 'functionName', '#t': 'timestamp'},
      ExpressionAttributeValues: {':f': {S: functionName}, ':t': {S: since}},
    });
  const ended = (async () => {
    while (reading) {
      const {Items = []} = await client.send(query());
      for (const item of Items) {
        seen.set(keyOf(item), {at: now(), writtenAt: Date.parse(item.writtenAt.S)});
        if (item.timestamp.S > since) since = item.timestamp.S;
      }
      await wait(pollMs);
    }
  })();
  const close = async () => {
    reading = false;
    await ended;
  };
  return {seen, close};
}

const keyOf = item => `${item.environmentId.S} ${item.invocation.N}`;
/** The row of that invocation in the events pane. */
const rowOf = (environmentId, invocation) => {
  const row = new RegExp(`${environmentId.slice(0, 6)}\\s+INVOKE\\s+#${invocation}\\s`);
  return frame => row.test(frame);
};

function itemOf(environmentId, invocation) {
  const at = new Date().toISOString();
  const text = {
    ...{eventId: randomUUID(), timestamp: at, writtenAt: at, eventType: 'INVOKE', functionName, environmentId},
    ...{functionVersion: '$LATEST', environmentStartedAt: at, initType: 'on-demand', requestId: randomUUID()},
    shutdownReason: 'N/A',
  };
  const number = {generation: 1, sequence: invocation, invocation, ttl: Math.floor(Date.now() / 1_000) + 1_200};
  return {
    ...Object.fromEntries(Object.entries(text).map(([name, value]) => [name, {S: value}])),
    ...Object.fromEntries(Object.entries(number).map(([name, value]) => [name, {N: String(value)}])),
    cold: {BOOL: invocation === 1},
  };
}

/** Writes items of an environment that is not there, one after the other. */
async function writeEvents(app, client, reader) {
  const environmentId = randomUUID();
  const [rows, bare] = [[], []];
  for (let invocation = 1; invocation <= written; invocation += 1) {
    await oddMoment(invocation);
    const shown = app.shows(rowOf(environmentId, invocation));
    const at = now();
    const Item = itemOf(environmentId, invocation);
    await client.send(new PutItemCommand({TableName, Item}));
    rows.push(performance.timeOrigin + (await shown) - at);
    bare.push({key: keyOf(Item), at});
  }
  return {rows, bare: await bareTimes(reader, bare)};
}

/** Sends requests; what the extension writes of them says itself when that was. */
async function invoke(app, apiUrl, reader) {
  const shownAt = [];
  for (let index = 1; index <= invoked; index += 1) {
    await oddMoment(index);
    const {headers} = await fetch(apiUrl);
    const environmentId = headers.get('x-lifecycle-environment');
    const invocation = headers.get('x-lifecycle-invocation');
    const shown = await app.shows(rowOf(environmentId, invocation));
    shownAt.push({key: `${environmentId} ${invocation}`, at: performance.timeOrigin + shown});
  }
  await bareTimes(reader, shownAt);
  const rows = shownAt.map(({key, at}) => at - reader.seen.get(key).writtenAt);
  const bare = shownAt.map(({key}) => reader.seen.get(key).at - reader.seen.get(key).writtenAt);
  return {rows, bare};
}

/** ms until the bare reader saw each, once it has seen all. */
async function bareTimes({seen}, events) {
  while (!events.every(({key}) => seen.has(key))) await wait(pollMs);
  return events.map(({key, at}) => seen.get(key).at - at);
}

function row(figure, {rows, bare}) {
  const ms = numbers => `${Math.round(p95(numbers))} ms`;
  const detail = `median ${Math.round(median(rows))} ms of ${rows.length}; a bare reader ${ms(bare)}, median ${Math.round(median(bare))} ms`;
  return {figure, value: ms(rows), bar, detail};
}

export async function run() {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const home = await mkdtemp(join(tmpdir(), 'lifecycle-bench-'));
  const local = start(['local', '--port', '0', '--idle', '10m'], home, 'ignore');
  const ends = [];
  try {
    const {endpoint} = await local.line('ready');
    const {apiUrl} = await start(['deploy', '--endpoint-url', endpoint, '--yes'], home).line('result');
    const credentials = {accessKeyId: 'bench', secretAccessKey: 'bench'};
    const client = new DynamoDBClient({endpoint, region: 'us-east-1', credentials});
    ends.push(async () => client.destroy());
    const app = openApp(['--endpoint-url', endpoint, '--quiet'], {home});
    ends.push(app.close);
    await app.shows('deployed');
    app.press('\r');
    await app.shows('1 Environments');
    app.press('3');
    await app.shows('┏━ 3 Events');
    const reader = bareReader(client);
    ends.push(reader.close);
    return [
      row('event written to row on the screen, p95', await writeEvents(app, client, reader)),
      row('the same of requests, from the item’s writtenAt', await invoke(app, apiUrl, reader)),
    ];
  } finally {
    for (const end of ends.reverse()) await end();
    local.child.stdin.end();
    local.child.kill('SIGTERM');
    await local.ended;
    await rm(home, {recursive: true, force: true});
  }
}
