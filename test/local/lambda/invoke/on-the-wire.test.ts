import {
  CreateFunction$,
  PublishVersion$,
  PutFunctionConcurrency$,
  UpdateFunctionConfiguration$,
} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Served, serve} from '../../wire/served.ts';
import {functionInput, startLambda, type TestLambda} from '../service/call.ts';
import {until} from '../service/until.ts';

// What an HTTP client sees of Invoke: status, headers and body, by the rows of Lambda's API reference.
let aws: TestLambda;
let served: Served;
beforeAll(async () => {
  aws = await startLambda({settings: {requestLimitBytes: 100, asyncRequestLimitBytes: 50, logTailBytes: 30}});
  served = await serve({services: [aws.lambda.service]});
  for (const name of ['f', 'blocked', 'full', 'updating']) {
    await aws.call(CreateFunction$, await functionInput(name));
  }
  const active = () => invoke('/updating').then(({status}) => status === 200);
  await until('all Active', active);
  await aws.call(PublishVersion$, {FunctionName: 'f'});
  await aws.call(PutFunctionConcurrency$, {FunctionName: 'blocked', ReservedConcurrentExecutions: 0});
  await aws.call(PutFunctionConcurrency$, {FunctionName: 'full', ReservedConcurrentExecutions: 1});
});
afterAll(async () => {
  await served.server.close();
  await aws.end();
});

type Reply = {status: number; headers: Record<string, string>; text: string};

async function invoke(target: string, headers: Record<string, string> = {}, body = ''): Promise<Reply> {
  const [name, query = ''] = target.slice(1).split('?');
  const path = `/2015-03-31/functions/${encodeURIComponent(name ?? '')}/invocations${query && `?${query}`}`;
  const credential = 'Credential=test/20261121/us-east-1/lambda/aws4_request';
  const answer = await fetch(served.server.endpoint + path, {
    method: 'POST',
    headers: {authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=0`, ...headers},
    body,
  });
  return {status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text()};
}

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const event = {'x-amz-invocation-type': 'Event'};
const dryRun = {'x-amz-invocation-type': 'DryRun'};
const base64 = (text: string) => Buffer.from(text).toString('base64');
const environment = /^\{"environment":"[0-9a-f]{32}"\}$/;

test.each<[string, string, Record<string, string>, string, number, Record<string, string>, RegExp]>([
  ['a name', '/f', {}, '{}', 200, {'x-amz-executed-version': '$LATEST'}, environment],
  ['no body, which is an empty event', '/f', {}, '', 200, {}, environment],
  ['white space around the JSON', '/f', {}, ' {} \n', 200, {}, environment],
  ['an ARN', `/${arn}`, {}, '{}', 200, {'x-amz-executed-version': '$LATEST'}, environment],
  ['a partial ARN', '/000000000000:function:f', {}, '{}', 200, {'x-amz-executed-version': '$LATEST'}, environment],
  ['name:version', '/f:1', {}, '{}', 200, {'x-amz-executed-version': '1'}, environment],
  ['ARN:version', `/${arn}:1`, {}, '{}', 200, {'x-amz-executed-version': '1'}, environment],
  ['a Qualifier', '/f?Qualifier=1', {}, '{}', 200, {'x-amz-executed-version': '1'}, environment],
  ['$LATEST', '/f?Qualifier=%24LATEST', {}, '{}', 200, {'x-amz-executed-version': '$LATEST'}, environment],
  ['a failing function', '/f', {}, '{"error":true}', 200, {'x-amz-function-error': 'Unhandled'}, /"errorType"/],
  ['Event', '/f', event, '{}', 202, {'content-length': '0'}, /^$/],
  ['Event to a version', '/f:1', event, '', 202, {'content-length': '0'}, /^$/],
  ['DryRun', '/f', dryRun, '{}', 204, {}, /^$/],
  ['DryRun of a blocked one', '/blocked', dryRun, '{}', 204, {}, /^$/],
  ['Event to a blocked one', '/blocked', event, '{}', 202, {}, /^$/],
])('%s', async (_, target, headers, body, status, expected, text) => {
  const answer = await invoke(target, headers, body);
  expect(answer).toMatchObject({status, headers: expected});
  expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.text).toMatch(text);
  if (status === 200 && !('x-amz-function-error' in expected)) {
    expect(answer.headers).not.toHaveProperty('x-amz-function-error');
  }
});

test.each<[string, string, Record<string, string>, string, number, string, object]>([
  [
    'a body that is no JSON',
    ...(['/f', {}, '{nonsense', 400, 'InvalidRequestContentException'] as const),
    {Type: 'User', message: expect.stringMatching(/^Could not parse request body into json: Could not parse payload/)},
  ],
  ['DryRun of no JSON', '/f', dryRun, 'x', 400, 'InvalidRequestContentException', {Type: 'User'}],
  [
    'a payload over the limit',
    ...(['/f', {}, `"${'x'.repeat(99)}"`, 413, 'RequestTooLargeException'] as const),
    {
      Type: 'User',
      message: '101 byte payload is too large for the RequestResponse invocation type (limit 100 bytes)',
    },
  ],
  [
    'an Event over its own limit',
    ...(['/f', event, `"${'x'.repeat(49)}"`, 413, 'RequestTooLargeException'] as const),
    {message: '51 byte payload is too large for the Event invocation type (limit 50 bytes)'},
  ],
  [
    'an unknown function',
    ...(['/g', {}, '{}', 404, 'ResourceNotFoundException'] as const),
    {Type: 'User', message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:g'},
  ],
  [
    'an unknown version',
    ...(['/f:9', {}, '{}', 404, 'ResourceNotFoundException'] as const),
    {message: `Function not found: ${arn}:9`},
  ],
  ['an unknown function, as an Event', '/g', event, '{}', 404, 'ResourceNotFoundException', {}],
  ['another account', '/111111111111:function:f', {}, '{}', 404, 'ResourceNotFoundException', {}],
  ['another Region', `/${arn.replace('us-east-1', 'eu-west-1')}`, {}, '{}', 404, 'ResourceNotFoundException', {}],
  ['two qualifiers', '/f:1?Qualifier=2', {}, '{}', 400, 'InvalidParameterValueException', {Type: 'User'}],
  ['a name that is none', '/a b', {}, '{}', 400, 'ValidationException', {}],
  ['an unknown invocation type', '/f', {'x-amz-invocation-type': 'Later'}, '{}', 400, 'ValidationException', {}],
  ['an unknown log type', '/f', {'x-amz-log-type': 'All'}, '{}', 400, 'ValidationException', {}],
  [
    'a client context that is no JSON',
    ...(['/f', {'x-amz-client-context': base64('x')}, '{}', 400, 'InvalidRequestContentException'] as const),
    {message: 'Client context must be a valid Base64-encoded JSON object.'},
  ],
  [
    'a client context that is too long',
    ...(['/f', {'x-amz-client-context': base64(`"${'x'.repeat(2_700)}"`)}, '{}', 400, 'ValidationException'] as const),
    {},
  ],
  [
    'a reservation of 0',
    ...(['/blocked', {}, '{}', 429, 'TooManyRequestsException'] as const),
    {Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User', message: 'Rate Exceeded.'},
  ],
])('refuses %s', async (_, target, headers, body, status, type, members) => {
  const answer = await invoke(target, headers, body);
  expect(answer).toMatchObject({status, headers: {'x-amzn-errortype': type, 'content-type': 'application/json'}});
  expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(answer.text)).toMatchObject(members);
});

test('a reservation that is used up is 429 until the event before is over', async () => {
  const running = invoke('/full', {}, '{"ms":100}');
  await until('running', () => aws.environments.alive().some(one => one.spec.functionName === 'full'));
  const refused = await invoke('/full', {}, '{}');
  expect(refused).toMatchObject({status: 429, headers: {'x-amzn-errortype': 'TooManyRequestsException'}});
  expect((await running).status).toBe(200);
  await until('free again', async () => (await invoke('/full')).status === 200);
});

test('LogType Tail gives the last bytes of the log, base64, with Event it is nothing', async () => {
  const {headers} = await invoke('/f', {'x-amz-log-type': 'Tail'}, '{}');
  const tail = Buffer.from(headers['x-amz-log-result'] ?? '', 'base64').toString();
  expect(tail).toHaveLength(30);
  expect(tail).toMatch(/^[0-9a-f-]{29}\n$/);
  expect((await invoke('/f', {...event, 'x-amz-log-type': 'Tail'})).headers).not.toHaveProperty('x-amz-log-result');
});

test('a client context reaches the function only where the caller waits', async () => {
  await invoke('/f', {'x-amz-client-context': base64('{"custom":{"a":"1"}}')}, '{}');
  const seen = aws.environments.all.flatMap(one => one.invocations.map(({clientContext}) => clientContext));
  expect(seen).toContain('{"custom":{"a":"1"}}');
});

test('a version keeps its environments and its settings while $LATEST changes', async () => {
  await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Timeout: 9});
  await until('through', async () => {
    await invoke('/f');
    return aws.environments.alive().some(({spec}) => spec.functionName === 'f' && spec.timeoutMs === 9_000);
  });
  await invoke('/f:1');
  const alive = aws.environments.alive().filter(({spec}) => spec.functionName === 'f');
  expect(new Set(alive.map(({spec}) => `${spec.functionVersion} ${spec.timeoutMs}`))).toEqual(
    new Set(['1 3000', '$LATEST 9000']),
  );
});
