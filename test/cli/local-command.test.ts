import {existsSync} from 'node:fs';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import type {AddressInfo} from 'node:net';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {DeleteTableCommand, DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {processTree, stillRunning} from '../../src/cli/process-tree.ts';
import {ndjson, runCli, serveLocal, startCli} from './run-cli.ts';

let served: Awaited<ReturnType<typeof serveLocal>>;
let endpoint: string;
const cli = (...args: string[]) => runCli([...args, '--endpoint-url', endpoint]);
const result = (text: string) => ndjson(text).at(-1)!;

beforeAll(async () => {
  served = await serveLocal();
  ({endpoint} = served);
  expect(ndjson(served.local.stdout())[0]).toMatchObject({
    type: 'ready',
    pid: served.local.child.pid,
    sandbox: expect.stringMatching(/namespaces|portable/),
    behaviour: 'default',
  });
});
afterAll(async () => {
  const {code, stdout} = await served.stop();
  expect(code).toBe(0);
  expect(result(stdout)).toMatchObject({type: 'result', ok: true});
});

test('an absent stack: status 0, fire, events, logs and shutdown 3, teardown 0', async () => {
  const codes = await Promise.all(
    ['status', 'fire', 'events', 'logs', 'shutdown', 'teardown'].map(
      async name => [name, (await cli(name, '--json', '--stack', 'nobody')).code] as const,
    ),
  );
  expect(Object.fromEntries(codes)).toEqual({status: 0, fire: 3, events: 3, logs: 3, shutdown: 3, teardown: 0});
});

test('the whole life of a stack', {timeout: 60_000}, async () => {
  const deployed = await cli('deploy', '--json');
  expect(deployed.code, deployed.stderr).toBe(0);
  expect(result(deployed.stdout)).toMatchObject({ok: true, apiUrl: expect.stringContaining(endpoint)});
  expect(result((await cli('status', '--json')).stdout)).toMatchObject({state: 'deployed'});

  const fired = await cli('fire', '--count', '4', '--concurrency', '2', '--sleep-ms', '400', '--json');
  expect(result(fired.stdout)).toMatchObject({ok: true, sent: 4, failed: 0});
  const environments = new Set(
    ndjson(fired.stdout)
      .slice(0, -1)
      .map(line => line.environmentId),
  );
  // Two at once need two; a third is made where an extension is still busy after its answer, as on AWS.
  expect(environments.size).toBeGreaterThanOrEqual(2);

  const read = ndjson((await cli('events', '--json')).stdout).filter(line => line.type === 'event');
  expect(new Set(read.map(event => event.environmentId))).toEqual(environments);
  const logs = await cli('logs', '--json', '--function', 'target');
  expect(ndjson(logs.stdout).map(line => line.message)).toContain('[shutdown-notifier] Event: INVOKE');

  const ended = await cli('shutdown', '--json');
  expect(ended.code, ended.stderr).toBe(0);
  const {shutdowns, missing} = result(ended.stdout) as {
    shutdowns: {environmentId: string; reason: string}[];
    missing: [];
  };
  expect(new Set(shutdowns.map(one => one.environmentId))).toEqual(environments);
  expect(shutdowns.every(one => one.reason === 'spindown')).toBe(true);
  expect(missing).toEqual([]);

  await cli('fire');
  const crashed = await cli('shutdown', '--how', 'crash', '--json');
  expect(result(crashed.stdout)).toMatchObject({ok: true, shutdowns: [{reason: 'failure'}]});

  const removed = await cli('teardown', '--json');
  expect(result(removed.stdout)).toMatchObject({ok: true, left: []});
  expect(result((await cli('status', '--json')).stdout)).toMatchObject({state: 'absent'});
});

test('a missing table is named, and deploy brings it back', async () => {
  const stack = ['--stack', 'tableless'];
  expect((await cli('deploy', '--no-smoke', ...stack)).code).toBe(0);
  const dynamodb = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  });
  await dynamodb.send(new DeleteTableCommand({TableName: 'tableless-lambda-state-events'}));
  dynamodb.destroy();
  expect(result((await cli('status', '--json', ...stack)).stdout)).toMatchObject({state: 'partial'});
  for (const name of ['events', 'shutdown']) {
    const {code, stderr} = await cli(name, ...stack);
    expect(code).toBe(3);
    expect(stderr).toContain('the DynamoDB table tableless-lambda-state-events is missing');
    expect(stderr).toContain('lifecycle-tui deploy');
  }
  expect((await cli('fire', ...stack)).code).toBe(0);
  expect((await cli('deploy', '--no-smoke', ...stack)).code).toBe(0);
  expect((await cli('events', ...stack)).code).toBe(0);
  expect((await cli('teardown', ...stack)).code).toBe(0);
});

test('policy prints a document with account and names filled in', async () => {
  const {code, stdout} = await cli('policy', '--stack', 'alice');
  expect(code).toBe(0);
  const policy = JSON.parse(stdout) as {Statement: {Sid: string; Resource: string}[]};
  expect(policy.Statement.find(({Sid}) => Sid === 'Role')?.Resource).toBe(
    'arn:aws:iam::000000000000:role/alice-lambda-shutdown-demo-role',
  );
});

test('--read-only refuses what changes something', async () => {
  for (const name of ['deploy', 'fire', 'shutdown', 'teardown']) {
    expect((await cli(name, '--read-only')).code).toBe(2);
  }
});

test('an explicit port that is in use is exit 1, with a way out', async () => {
  const taken = createServer();
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve));
  const {port} = taken.address() as AddressInfo;
  const {code, stderr} = await runCli(['local', '--port', String(port)]);
  taken.close();
  expect(code).toBe(1);
  expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
});

test('--behaviour aws says so, with idle lifetimes as on AWS unless --idle is there', async () => {
  const [plain, json] = [
    startCli(['local', '--port', '0', '--behaviour', 'aws', '--idle', '5s']),
    startCli(['local', '--port', '0', '--behaviour', 'aws', '--json']),
  ];
  await Promise.all([plain.said(/behaves +like AWS[\s\S]*go after 4\.5 s to 5\.5 s/), json.said(/"ready"/)]);
  const [ready] = ndjson(json.stdout());
  expect(ready).toMatchObject({behaviour: 'aws', idleWindow: {minMs: 327_600, maxMs: 400_400}});
  for (const {child} of [plain, json]) child.stdin.end('stop\n');
  expect((await Promise.all([plain.ended, json.ended])).map(({code}) => code)).toEqual([0, 0]);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with nothing left', async signal => {
  const running = startCli(['local', '--port', '0', '--json']);
  await running.said(/"ready"/);
  const ready = ndjson(running.stdout()).find(line => line.type === 'ready') as {pid: number; folder: string};
  expect(existsSync(ready.folder)).toBe(true);
  running.child.kill(signal);
  expect((await running.ended).code).toBe(signal === 'SIGTERM' ? 143 : 130);
  expect(existsSync(ready.folder)).toBe(false);
  expect(await stillRunning([ready.pid], 2_000)).toEqual([]);
});

test('kill -9 leaves neither a process nor a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local-killed-'));
  const killed = startCli(['local', '--port', '0', '--json', '--idle', '60s'], {TMPDIR: folder});
  await killed.said(/"ready"/);
  const own = String(ndjson(killed.stdout())[0]!.endpoint);
  expect((await runCli(['deploy', '--no-smoke', '--endpoint-url', own])).code).toBe(0);
  expect((await runCli(['fire', '--endpoint-url', own])).code).toBe(0);
  const pids = await processTree(killed.child.pid!);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await stillRunning(pids, 10_000)).toEqual([]);
  await expect.poll(() => readdir(folder), {timeout: 10_000}).toEqual([]);
  await rm(folder, {recursive: true});
});

test('the end of stdin ends it where stdin is a pipe', async () => {
  const running = startCli(['local', '--port', '0']);
  await running.said(/export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+/);
  running.child.stdin.end();
  expect((await running.ended).code).toBe(0);
});
