// The embedded AWS with one function for each layer named as NAME=ZIPFILE in its arguments; measures them turn by turn
// and prints what it measured as JSON: `{init, cold, busy, put, rss}`, ms and kB.
import {readdirSync, readFileSync} from 'node:fs';
import {Agent, request} from 'node:http';
import {CreateTableCommand, DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import {startLocalAws} from '../../src/local/start.ts';

const [code, roundsText, ...layers] = process.argv.slice(2);
const rounds = Number(roundsText);
const warmPerRound = 8;

const readyAt = new Map<string, number>();
const alive = new Set<string>();
const initMs = new Map<string, number>();
let changed = () => {};
const local = await startLocalAws({
  port: 0,
  // Not frozen: what is loaded beside the function is loaded, and counts in what is measured of memory.
  settings: {
    // A PutItem takes 10 ms, as with `--behaviour aws`: in no time at all there would be nothing to compare with.
    latencyMs: {dynamodb: {other: [5, 15]}},
    freeze: false,
    idleMs: 600_000,
    functionUpdateMs: 0,
    functionCreateMs: 0,
  },
  onTransition({functionName, from, to, ms}) {
    if (to === 'gone') alive.delete(functionName);
    if (to === 'ready') alive.add(functionName);
    if (from === 'init') initMs.set(functionName, ms);
    if (from === 'invoking' && to === 'ready') readyAt.set(functionName, performance.now());
    changed();
  },
});
const config = {
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
};
const [iam, lambda, dynamodb] = [new IAMClient(config), new LambdaClient(config), new DynamoDBClient(config)];
const agent = new Agent({keepAlive: true});

function call(service: string, path: string, headers: Record<string, string>, body: string): Promise<number> {
  const credential = `Credential=test/20260101/us-east-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host;x-amz-date, Signature=00`;
  return new Promise((resolve, reject) => {
    const sent = request(`${local.endpoint}${path}`, {
      method: 'POST',
      agent,
      headers: {authorization, 'x-amz-date': '20260101T000000Z', ...headers},
    });
    sent.on('error', reject);
    sent.on('response', response => {
      let text = '';
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200 && !response.headers['x-amz-function-error']) resolve(performance.now());
        else reject(new Error(`${path} answered ${response.statusCode}: ${text}`));
      });
    });
    sent.end(body);
  });
}

const invoke = (name: string) =>
  call('lambda', `/2015-03-31/functions/${name}/invocations`, {'content-type': 'application/json'}, '{"number":1}');

/** How long the environment was busy after its answer. */
async function busyAfter(name: string): Promise<number> {
  readyAt.delete(name);
  const answeredAt = await invoke(name);
  while (!readyAt.has(name)) {
    await new Promise<void>(resolve => {
      changed = resolve;
      if (readyAt.has(name)) resolve();
    });
  }
  return Math.max(0, (readyAt.get(name) ?? 0) - answeredAt);
}

let items = 0;
async function putItem(): Promise<number> {
  const startedAt = performance.now();
  items += 1;
  const text = {S: 'x'.repeat(40)};
  const Item = {eventId: {S: `bench-${items}`}, ...Object.fromEntries([...'abcdefghijklmn'].map(name => [name, text]))};
  const headers = {'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.PutItem'};
  return (await call('dynamodb', '/', headers, JSON.stringify({TableName: 'events', Item}))) - startedAt;
}

/** Resident memory of the function's extension, kB. */
function residentOf(name: string): number {
  let most = 0;
  for (const pid of readdirSync('/proc').filter(entry => /^\d+$/.test(entry))) {
    try {
      const isOurs = readFileSync(`/proc/${pid}/environ`, 'utf8')
        .split('\0')
        .includes(`AWS_LAMBDA_FUNCTION_NAME=${name}`);
      if (!isOurs || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('extensions/shutdown-notifier')) continue;
      const [, kilobytes = 0] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      // The programs that made its sandbox have the same arguments, and are small.
      most = Math.max(most, Number(kilobytes));
    } catch {
      // It has ended meanwhile.
    }
  }
  return most;
}

const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
const {Role} = await iam.send(
  new CreateRoleCommand({
    RoleName: 'bench',
    AssumeRolePolicyDocument: JSON.stringify({Version: '2012-10-17', Statement: [trust]}),
  }),
);
await dynamodb.send(
  new CreateTableCommand({
    ...{TableName: 'events', BillingMode: 'PAY_PER_REQUEST'},
    AttributeDefinitions: [{AttributeName: 'eventId', AttributeType: 'S'}],
    KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}],
  }),
);
const names: string[] = [];
for (const layer of layers) {
  const [FunctionName = '', file] = layer.split('=');
  names.push(FunctionName);
  const Layers: string[] = [];
  if (file) {
    const content = {ZipFile: readFileSync(file)};
    const {LayerVersionArn} = await lambda.send(
      new PublishLayerVersionCommand({LayerName: FunctionName, Content: content}),
    );
    Layers.push(LayerVersionArn!);
  }
  await lambda.send(
    new CreateFunctionCommand({
      ...{FunctionName, Runtime: 'nodejs24.x', Role: Role?.Arn, Handler: 'handler.handler', Layers},
      Code: {ZipFile: readFileSync(code!)},
      Environment: {Variables: {LIFECYCLE_TABLE: 'events'}},
    }),
  );
  await waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1}, {FunctionName});
}

type Times = {init: number[]; cold: number[]; busy: number[]; rss: number[]};
const times: Record<string, Times> = Object.fromEntries(
  names.map(name => [name, {init: [], cold: [], busy: [], rss: []}]),
);
const put: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  // Each has each place in turn.
  names.push(names.shift()!);
  for (const name of names) {
    const own = times[name]!;
    await lambda.send(new UpdateFunctionConfigurationCommand({FunctionName: name, Description: `round ${round}`}));
    await waitUntilFunctionUpdatedV2({client: lambda, maxWaitTime: 20, minDelay: 1, maxDelay: 1}, {FunctionName: name});
    // The one before takes no part in what follows.
    while (alive.has(name)) await new Promise(resolve => setTimeout(resolve, 5));
    const startedAt = performance.now();
    readyAt.delete(name);
    const answeredAt = await invoke(name);
    own.cold.push(answeredAt - startedAt);
    own.init.push(initMs.get(name) ?? 0);
    while (!readyAt.has(name)) await new Promise(resolve => setTimeout(resolve, 5));
    for (let turn = 0; turn < warmPerRound; turn += 1) {
      own.busy.push(await busyAfter(name));
      put.push(await putItem());
    }
    own.rss.push(residentOf(name));
  }
}
console.log(JSON.stringify({times, put}));
await local.close();
process.exit();
