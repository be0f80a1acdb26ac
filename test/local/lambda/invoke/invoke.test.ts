import {
  CreateFunction$,
  DeleteFunction$,
  Invoke$,
  PublishVersion$,
  PutFunctionConcurrency$,
  UpdateFunctionConfiguration$,
} from '@aws-sdk/client-lambda';
import {afterEach, describe, expect, test} from 'vitest';
import {logTail} from '../../../../src/local/lambda/invoke/operation.ts';
import {functionInput, startLambda, type TestLambda} from '../service/call.ts';
import type {Behaviour} from '../service/fake-environments.ts';
import {until} from '../service/until.ts';

let aws: TestLambda;
afterEach(() => aws.end());

type Answer = {
  StatusCode?: number;
  ExecutedVersion?: string;
  FunctionError?: string;
  LogResult?: string;
  Payload?: Uint8Array;
};
const invoke = (behaviour: Behaviour | string = {}, more: object = {}) =>
  aws.call<Answer>(Invoke$, {
    FunctionName: 'f',
    Payload: Buffer.from(typeof behaviour === 'string' ? behaviour : JSON.stringify(behaviour)),
    ...more,
  });

async function start(options: Parameters<typeof startLambda>[0] = {}, more: object = {}): Promise<void> {
  aws = await startLambda(options);
  await aws.call(CreateFunction$, await functionInput('f', more));
  const dryRun = () => invoke({}, {InvocationType: 'DryRun'}).then(() => true);
  await until('Active', () => dryRun().catch(() => false));
}
const idle = () => until('idle', () => aws.environments.alive().every(({state}) => state === 'ready'));

describe('RequestResponse', () => {
  test('gives status, version and payload, and the environment what it needs', async () => {
    await start({}, {Timeout: 7, Environment: {Variables: {AB: '1'}}});
    const answer = await aws.call<Answer>(Invoke$, {FunctionName: 'f'}, {requestId: 'request-1'});
    const [environment] = aws.environments.all;
    expect(answer).toEqual({StatusCode: 200, ExecutedVersion: '$LATEST', Payload: expect.any(Buffer)});
    expect(JSON.parse(Buffer.from(answer.Payload ?? []).toString())).toEqual({environment: environment?.id});
    expect(environment?.invocations[0]).toMatchObject({
      requestId: 'request-1',
      payload: Buffer.from('{}'),
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      traceId: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
    });
    expect(environment?.spec).toMatchObject({
      functionName: 'f',
      functionVersion: '$LATEST',
      timeoutMs: 7_000,
      variables: {AB: '1'},
      logGroup: '/aws/lambda/f',
      logStream: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      endpoint: 'http://127.0.0.1:1',
    });
  });

  test('the environment logs where and how the function says', async () => {
    await start({}, {LoggingConfig: {LogFormat: 'JSON', SystemLogLevel: 'WARN', LogGroup: '/mine/all'}});
    await invoke();
    const [environment] = aws.environments.all;
    expect(environment?.spec).toMatchObject({
      logGroup: '/mine/all',
      jsonLogging: {applicationLevel: 'INFO', systemLevel: 'WARN'},
    });
  });

  test('a function error is still 200', async () => {
    await start();
    expect(await invoke({error: true})).toMatchObject({StatusCode: 200, FunctionError: 'Unhandled'});
  });

  test('LogType Tail waits for the end of the phase and gives its log', async () => {
    await start();
    const {LogResult = ''} = await invoke({extensionMs: 20}, {LogType: 'Tail'});
    expect(Buffer.from(LogResult, 'base64').toString()).toMatch(/^END RequestId: [0-9a-f-]{36}\n$/);
    expect(await invoke()).not.toHaveProperty('LogResult');
  });

  test('a client context comes decoded, the qualifier stays in the ARN', async () => {
    await start();
    await aws.call(PublishVersion$, {FunctionName: 'f'});
    const clientContext = Buffer.from('{"custom":{"a":"1"}}').toString('base64');
    expect(await invoke({}, {Qualifier: '1', ClientContext: clientContext})).toMatchObject({ExecutedVersion: '1'});
    expect(aws.environments.all[0]?.spec.functionVersion).toBe('1');
    expect(aws.environments.all[0]?.invocations[0]).toMatchObject({
      clientContext: '{"custom":{"a":"1"}}',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f:1',
    });
  });

  test.each([
    ['no JSON', 'nonsense', {}, 'InvalidRequestContentException', 400],
    ['an unknown function', '{}', {FunctionName: 'g'}, 'ResourceNotFoundException', 404],
    ['an unknown version', '{}', {Qualifier: '9'}, 'ResourceNotFoundException', 404],
    ['an unknown type', '{}', {InvocationType: 'Later'}, 'ValidationException', 400],
    ['a bad client context', '{}', {ClientContext: 'e30'.slice(1)}, 'InvalidRequestContentException', 400],
    ['6 MB and a byte', `"${'x'.repeat(6_291_455)}"`, {}, 'RequestTooLargeException', 413],
  ])('refuses %s', async (_, payload, more, code, status) => {
    await start();
    await expect(invoke(payload, more)).rejects.toMatchObject({code, status});
    expect(aws.environments.all).toEqual([]);
  });

  test('6 MB are taken', async () => {
    await start();
    expect(await invoke(`"${'x'.repeat(6_291_454)}"`)).toMatchObject({StatusCode: 200});
  });

  test('while the function is Pending it is a conflict', async () => {
    aws = await startLambda({settings: {functionCreateMs: 60_000}});
    await aws.call(CreateFunction$, await functionInput('f'));
    await expect(invoke()).rejects.toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
      message: expect.stringContaining('The function is currently in the following state: Pending'),
    });
  });
});

describe('concurrency', () => {
  test('a reservation is the limit; what is over it is 429 with the reason', async () => {
    await start();
    await aws.call(PutFunctionConcurrency$, {FunctionName: 'f', ReservedConcurrentExecutions: 2});
    const both = [invoke({ms: 50}), invoke({ms: 50})];
    await until('both running', () => aws.environments.all.length === 2);
    await expect(invoke()).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
      message: 'Rate Exceeded.',
      members: {Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User'},
    });
    await Promise.all(both);
    await idle();
    expect(await invoke()).toMatchObject({StatusCode: 200});
    expect(aws.environments.all).toHaveLength(2);
  });

  test('a reservation of 0 stops every invoke', async () => {
    await start();
    await aws.call(PutFunctionConcurrency$, {FunctionName: 'f', ReservedConcurrentExecutions: 0});
    await expect(invoke()).rejects.toMatchObject({status: 429});
  });

  test("the account's limit is shared by functions without a reservation", async () => {
    await start({settings: {accountConcurrency: 1}});
    await aws.call(CreateFunction$, await functionInput('other'));
    const running = invoke({ms: 50});
    await until('running', () => aws.environments.all.length === 1);
    const other = () => invoke({}, {FunctionName: 'other'});
    await expect(other()).rejects.toMatchObject({members: {Reason: 'ConcurrentInvocationLimitExceeded'}});
    await running;
    await idle();
    expect(await other()).toMatchObject({StatusCode: 200});
  });

  test('a start that fails gives its place back', async () => {
    await start();
    await aws.call(PutFunctionConcurrency$, {FunctionName: 'f', ReservedConcurrentExecutions: 1});
    aws.environments.failInit = true;
    await expect(invoke()).rejects.toThrow('no process could be started');
    aws.environments.failInit = false;
    expect(await invoke()).toMatchObject({StatusCode: 200});
  });
});

describe('changes of the function', () => {
  test('a configuration change sends events to new environments and ends idle old ones', async () => {
    await start();
    await invoke();
    await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Environment: {Variables: {AB: '2'}}});
    await until('old one gone', () => aws.environments.all[0]?.state === 'gone');
    await invoke();
    expect(aws.environments.all.map(({spec, shutdowns}) => [spec.variables, shutdowns])).toEqual([
      [{}, ['spindown']],
      [{AB: '2'}, []],
    ]);
  });

  test('while the update is in progress the old configuration serves', async () => {
    await start({settings: {functionUpdateMs: 100}});
    await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Timeout: 9});
    await invoke();
    expect(aws.environments.all[0]?.spec.timeoutMs).toBe(3_000);
    await until('recycled', () => aws.environments.all[0]?.state === 'gone');
    await invoke();
    expect(aws.environments.all[1]?.spec.timeoutMs).toBe(9_000);
  });

  test('a deleted function loses its environments, all versions', async () => {
    await start();
    await aws.call(PublishVersion$, {FunctionName: 'f'});
    await invoke();
    await invoke({}, {Qualifier: '1'});
    await aws.call(DeleteFunction$, {FunctionName: 'f'});
    await until('all gone', () => aws.environments.alive().length === 0);
    expect(aws.environments.all.map(one => one.shutdowns)).toEqual([['spindown'], ['spindown']]);
    await expect(invoke()).rejects.toMatchObject({code: 'ResourceNotFoundException'});
  });
});

describe('Event', () => {
  const waits = {asyncRetryMs: [5, 10], asyncThrottleMs: {first: 5, most: 10, age: 10_000}};
  const requests = () => aws.environments.all.flatMap(one => one.invocations.map(({requestId}) => requestId));

  test('is accepted before it runs', async () => {
    await start();
    expect(await invoke({ms: 30}, {InvocationType: 'Event'})).toEqual({StatusCode: 202});
    await until('run', () => requests().length === 1);
  });

  test('a failing one runs three times with one request id, then is dropped and said so', async () => {
    await start({settings: waits});
    await aws.call(
      Invoke$,
      {FunctionName: 'f', InvocationType: 'Event', Payload: Buffer.from('{"error":true}')},
      {requestId: 'r1'},
    );
    await until('dropped', () => aws.notices.some(text => /r1 of f dropped/.test(text)));
    expect(requests()).toEqual(['r1', 'r1', 'r1']);
    expect(aws.notices).toEqual([
      'Asynchronous event r1 of f failed, retry 1 of 2 in 0.005 s (60 s on AWS).',
      'Asynchronous event r1 of f failed, retry 2 of 2 in 0.01 s (120 s on AWS).',
      'Asynchronous event r1 of f dropped: the function failed 3 times.',
    ]);
  });

  test('one whose function is deleted is dropped', async () => {
    await start({settings: {...waits, asyncRetryMs: [50]}});
    await invoke({error: true}, {InvocationType: 'Event'});
    await until('failed once', () => aws.notices.length === 1);
    await aws.call(DeleteFunction$, {FunctionName: 'f'});
    await until('dropped', () => /dropped: Function not found/.test(aws.notices[1] ?? ''));
  });

  test('1 MB is the limit', async () => {
    await start();
    await expect(invoke(`"${'x'.repeat(1_048_575)}"`, {InvocationType: 'Event'})).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      message: '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    });
  });
});

test('log lines carry whether the role may make the group', async () => {
  let may = true;
  await start({roles: {assumableByLambda: () => true, mayCreateLogGroup: () => may}});
  await invoke({}, {LogType: 'Tail'});
  may = false;
  await invoke({}, {LogType: 'Tail'});
  expect(aws.lines.map(({group, mayCreateGroup}) => [group, mayCreateGroup])).toEqual([
    ['/aws/lambda/f', true],
    ['/aws/lambda/f', false],
  ]);
});

test.each([
  [['one', 'two\n'], 100, 'one\ntwo\n'],
  [['x'.repeat(10), 'end'], 6, 'x\nend\n'],
  [[], 100, ''],
])('logTail of %j within %d bytes', (messages, limit, expected) => {
  const lines = messages.map(message => ({timestamp: 0, message}));
  expect(Buffer.from(logTail(lines, limit), 'base64').toString()).toBe(expected);
});
