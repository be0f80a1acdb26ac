import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Transition} from '../../../../src/local/lambda/environment/environment.ts';
import {createLambda, type LambdaService} from '../../../../src/local/lambda/service.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';
import {startWireServer, type WireServer} from '../../../../src/local/wire/server.ts';
import {role, zipOf} from './call.ts';
import {until} from './until.ts';
import {extension, handler} from './witness.ts';

let folder: string;
let lambda: LambdaService;
let server: WireServer;
let client: LambdaClient;
const lines: {stream: string; message: string}[] = [];
const transitions: Transition[] = [];
const notices: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-real-'));
  lambda = await createLambda({
    settings: {...defaultSettings, idleMs: 2_000, functionCreateMs: 10, functionUpdateMs: 10, asyncRetryMs: [50]},
    account: '000000000000',
    sink: {write: (some, {stream}) => lines.push(...some.map(({message}) => ({stream, message})))},
    roles: {assumableByLambda: () => true},
    endpoint: () => server.endpoint,
    folder,
    onTransition: transition => transitions.push(transition),
    onNotice: text => notices.push(text),
  });
  server = await startWireServer({
    port: 0,
    services: [lambda.service],
    dataPlane: async () => {},
    download: key => lambda.download(key),
    onFault: (fault, operation) => notices.push(`${operation}: ${fault}`),
  });
  client = new LambdaClient({
    region: 'us-east-1',
    endpoint: server.endpoint,
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await lambda.close();
  await server.close();
  const left = await readdir(join(folder, 'code'));
  expect(left.sort()).toEqual(['merged', 'package.json', 'unpacked', 'zips']);
  await rm(folder, {recursive: true, force: true});
});

let functions = 0;
async function createFunction(more: object = {}, {withExtension = true} = {}): Promise<string> {
  functions += 1;
  const FunctionName = `real-${functions}`;
  const layer = await client.send(
    new PublishLayerVersionCommand({
      LayerName: 'witness',
      Content: {ZipFile: await zipOf({'extensions/witness': extension})},
    }),
  );
  await client.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs24.x',
      Role: role,
      Handler: 'index.handler',
      Code: {ZipFile: await zipOf({'index.mjs': handler})},
      Layers: withExtension && layer.LayerVersionArn ? [layer.LayerVersionArn] : [],
      ...more,
    }),
  );
  await settled(FunctionName);
  return FunctionName;
}

const settled = (FunctionName: string) =>
  until('the function is settled', async () => {
    const {State, LastUpdateStatus} = await client.send(new GetFunctionConfigurationCommand({FunctionName}));
    return State === 'Active' && LastUpdateStatus === 'Successful';
  });

async function invoke(FunctionName: string, event: object = {}) {
  const answer = await client.send(
    new InvokeCommand({FunctionName, Payload: Buffer.from(JSON.stringify(event)), LogType: 'Tail'}),
  );
  const log = Buffer.from(answer.LogResult ?? '', 'base64').toString();
  return {...answer, result: JSON.parse(answer.Payload?.transformToString() ?? 'null'), log};
}

const of = (functionName: string, to: Transition['to']) =>
  transitions.filter(one => one.functionName === functionName && one.to === to);

describe('real environments behind the wire', () => {
  test('cold, then warm: same process, one log stream, tail with REPORT; a configuration change recycles', async () => {
    const name = await createFunction({Environment: {Variables: {GREETING: 'hi'}}});
    const cold = await invoke(name, {name: 'me'});
    expect(cold).toMatchObject({StatusCode: 200, ExecutedVersion: '$LATEST', result: {count: 1, greeting: 'hi'}});
    expect(cold.log).toMatch(/START RequestId: \S+ Version: \$LATEST\n/);
    expect(cold.log).toContain('hello from me');
    expect(cold.log).toMatch(/REPORT RequestId: .*Init Duration: /);
    const warm = await invoke(name);
    expect(warm.result).toMatchObject({count: 2, born: cold.result.born, stream: cold.result.stream});
    expect(warm.log).not.toContain('Init Duration');
    expect(lines.filter(({stream}) => stream === cold.result.stream).map(one => one.message.trim())).toEqual(
      expect.arrayContaining([expect.stringContaining('[witness] INVOKE')]),
    );

    await client.send(
      new UpdateFunctionConfigurationCommand({FunctionName: name, Environment: {Variables: {GREETING: 'two'}}}),
    );
    await until('old one gone', () => of(name, 'gone').length === 1);
    const [ended] = of(name, 'shutting-down');
    expect(ended).toMatchObject({from: 'ready', reason: 'spindown'});
    expect(ended?.ms).toBeLessThan(1_700);
    const after = await invoke(name);
    expect([warm.result.greeting, after.result.greeting]).toEqual(['hi', 'two']);
    expect(after.result.stream).not.toBe(warm.result.stream);
  });

  test('concurrent events get environments of their own; idle ones go, and their extension gets SHUTDOWN spindown', async () => {
    const name = await createFunction();
    const answers = await Promise.all([1, 2].map(() => invoke(name, {sleepMs: 1_500})));
    const streams = answers.map(({result}) => result.stream);
    expect(new Set(streams).size).toBe(2);
    await until('gone', () => of(name, 'gone').length === 2);
    for (const ended of of(name, 'shutting-down')) {
      expect(ended).toMatchObject({from: 'ready', reason: 'spindown'});
      expect(ended.ms).toBeGreaterThan(1_700);
    }
    for (const one of streams) {
      const messages = lines.filter(({stream}) => stream === one).map(({message}) => message.trim());
      expect(messages.at(-1)).toContain('[witness] SHUTDOWN spindown');
    }
  });

  test('errors, crashes and time-outs reach the caller as AWS words them; the environment lives on until the function is deleted', async () => {
    const name = await createFunction({Timeout: 1});
    const failed = await invoke(name, {fail: true});
    expect(failed).toMatchObject({StatusCode: 200, FunctionError: 'Unhandled', result: {errorType: 'TypeError'}});
    expect((await invoke(name, {crash: true})).result).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
    });
    expect((await invoke(name, {hang: true})).result).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 1\.00 seconds$/),
    });
    expect((await invoke(name)).result).toMatchObject({count: 1});
    const seen = transitions.filter(one => one.functionName === name).map(({environment}) => environment);
    expect(new Set(seen).size).toBe(1);

    await client.send(new DeleteFunctionCommand({FunctionName: name}));
    await expect(invoke(name)).rejects.toMatchObject({name: 'ResourceNotFoundException'});
    await until('gone', () => of(name, 'gone').length === 1);
  });

  test('over the reservation the SDK gets TooManyRequestsException with its Reason', async () => {
    const name = await createFunction({}, {withExtension: false});
    await client.send(new PutFunctionConcurrencyCommand({FunctionName: name, ReservedConcurrentExecutions: 1}));
    const running = invoke(name, {sleepMs: 1_000});
    await until('invoking', () => of(name, 'invoking').length === 1);
    await expect(invoke(name)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: {httpStatusCode: 429},
    });
    await running;
  });

  test('the code behind Location can be fetched', async () => {
    const name = await createFunction({}, {withExtension: false});
    const {Code} = await client.send(new GetFunctionCommand({FunctionName: name}));
    const answer = await fetch(Code?.Location ?? '');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(await zipOf({'index.mjs': handler}));
  });

  test('nothing of ours went wrong', () => {
    expect(notices.filter(text => /Error|failed in/.test(text))).toEqual([]);
  });
});
