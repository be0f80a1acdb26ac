import {afterAll, beforeAll, expect, test} from 'vitest';
import {lambdaBench} from './lambda-bench.ts';
import {type ApiAnswer, speakFor, still} from './speak-for.ts';

let bench: Awaited<ReturnType<typeof lambdaBench>>;

beforeAll(async () => {
  bench = await lambdaBench({
    sandbox: 'portable',
    settings: {freeze: false, maxExtensions: 3, responseLimitBytes: 100},
  });
});
afterAll(() => bench.close());

const runtime = '/2018-06-01/runtime';
const extension = '/2020-01-01/extension';

test('the Runtime API refuses what comes at the wrong time, without a change', async () => {
  const {environment, init, call, invoke, lines} = await speakFor(bench, {});
  expect(await call('GET', '/2018-06-01/ping')).toMatchObject({status: 200, text: 'pong'});
  expect(await call('GET', '/nowhere')).toMatchObject({status: 404});
  const wrong = await call('PUT', `${runtime}/init/error`);
  expect([wrong.status, wrong.headers.get('allow'), wrong.text]).toEqual([405, 'POST', '']);
  expect(await call('POST', `${runtime}/invocation/x/response`)).toMatchObject({
    status: 400,
    errorType: 'InvalidRequestID',
    errorMessage: 'Invalid request ID',
  });
  let next = fetchNext(call);
  await init;
  const running = invoke({large: 1});
  const event = await next;
  const id = event.headers.get('lambda-runtime-aws-request-id')!;
  expect(event.headers.get('lambda-runtime-client-context')).toBeNull();
  expect(event.text).toBe('{"large":1}');
  expect((await call('GET', `${runtime}/invocation/next`)).headers.get('lambda-runtime-aws-request-id')).toBe(id);
  expect(await call('POST', `${runtime}/init/error`, {body: '{}'})).toMatchObject({
    status: 403,
    errorMessage:
      'State transition from Running to InitError failed for runtime. Error: State transition is not allowed',
  });
  expect(await call('POST', `${runtime}/invocation/${id}/response`, {body: 'x'.repeat(101)})).toMatchObject({
    status: 413,
    errorType: 'RequestEntityTooLarge',
    errorMessage: 'Exceeded maximum allowed payload size (100 bytes).',
  });
  expect(await call('POST', `${runtime}/invocation/${id}/response`, {body: '1'})).toMatchObject({
    status: 403,
    errorType: 'InvalidStateTransition',
  });
  next = fetchNext(call);
  expect((await running).json).toEqual({
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: 'Response payload size (101 bytes) exceeded maximum allowed payload size (100 bytes).',
  });
  const second = invoke({});
  const secondId = (await next).headers.get('lambda-runtime-aws-request-id')!;
  const answer = `${runtime}/invocation/${secondId}/response`;
  const mode = {'lambda-runtime-function-response-mode': 'sideways'};
  expect(await call('POST', answer, {body: '1', headers: mode})).toMatchObject({
    status: 400,
    errorType: 'InvalidFunctionResponseMode',
  });
  expect(await call('GET', `${runtime}/invocation/next`)).toMatchObject({
    status: 403,
    errorMessage: expect.stringContaining('from InvocationResponse to Ready'),
  });
  await environment.shutdown('spindown');
  expect((await second).answer.functionError).toBe('Unhandled');
  expect(lines.filter(line => line.startsWith('REPORT'))).toHaveLength(2);
});

function fetchNext(call: (method: string, path: string) => Promise<ApiAnswer>) {
  return call('GET', `${runtime}/invocation/next`);
}

test('the Extensions API refuses each wrong call with its own type', async () => {
  const {environment, init, call} = await speakFor(bench, {
    'extensions/outside!': still,
    'extensions/.folder/x': '',
  });
  const register = (name: string | undefined, body: string | undefined) =>
    call('POST', `${extension}/register`, {
      ...(name !== undefined && {headers: {'Lambda-Extension-Name': name}}),
      ...(body !== undefined && {body}),
    });
  const refusals: [string | undefined, string | undefined, string, string | RegExp][] = [
    [undefined, '{}', 'Extension.InvalidExtensionName', 'Empty extension name'],
    ['outside', undefined, 'InvalidRequestFormat', /./],
    ['outside', 'no', 'InvalidRequestFormat', /JSON/],
    ['outside', '{"configurationKeys":[]}', 'InvalidRequestFormat', /configurationKeys/],
    ['outside', '{"events":["FOO"]}', 'Extension.InvalidEventType', 'FOO: ErrorInvalidEventType'],
    [
      'inside',
      '{"events":["SHUTDOWN"]}',
      'Extension.InvalidEventType',
      'SHUTDOWN: ShutdownEventNotSupportedForInternalExtension',
    ],
  ];
  for (const [name, body, errorType, errorMessage] of refusals) {
    const expected = typeof errorMessage === 'string' ? errorMessage : expect.stringMatching(errorMessage);
    expect(await register(name, body)).toMatchObject({status: 403, errorType, errorMessage: expected});
  }
  const features = {'Lambda-Extension-Name': 'outside', 'Lambda-Extension-Accept-Feature': 'x, accountId'};
  const outside = await call('POST', `${extension}/register`, {
    headers: features,
    body: '{"events":["INVOKE","SHUTDOWN"]}',
  });
  expect(JSON.parse(outside.text)).toEqual({
    functionName: 'demo',
    functionVersion: '$LATEST',
    handler: 'index.handler',
    accountId: '000000000000',
  });
  expect(await register('outside', '{}')).toMatchObject({
    status: 403,
    errorType: 'Extension.InvalidExtensionState',
    errorMessage: expect.stringContaining('from Registered to Registered failed for extension outside'),
  });
  const inside = await register('inside', '{}');
  expect(inside.text).not.toContain('accountId');
  expect(await register('inside', '{}')).toMatchObject({errorType: 'Extension.InvalidExtensionState'});
  await register('third', '{}').then(answer => expect(answer.status).toBe(200));
  expect(await register('fourth', '{}')).toMatchObject({
    errorType: 'Extension.TooManyExtensions',
    errorMessage: 'Extension limit (3) reached',
  });
  const next = (id?: string) =>
    call('GET', `${extension}/event/next`, id === undefined ? {} : {headers: {'Lambda-Extension-Identifier': id}});
  expect(await next()).toMatchObject({status: 403, errorType: 'Extension.MissingExtensionIdentifier'});
  expect(await next('x')).toMatchObject({errorType: 'Extension.InvalidExtensionIdentifier'});
  const stranger = '00000000-0000-4000-8000-000000000000';
  expect(await next(stranger)).toMatchObject({errorType: 'Extension.UnknownExtensionIdentifier'});
  const outsideId = outside.headers.get('lambda-extension-identifier')!;
  const insideId = inside.headers.get('lambda-extension-identifier')!;
  const identified = {'Lambda-Extension-Identifier': insideId};
  expect(await call('PUT', '/2022-07-01/telemetry', {headers: identified, body: '{}'})).toMatchObject({
    status: 400,
    errorType: 'ValidationError',
  });
  expect(await call('POST', `${extension}/exit/error`, {headers: identified})).toMatchObject({
    status: 403,
    errorType: 'Extension.MissingHeader',
  });
  // Whichever comes first is parked; the other one is refused.
  const both = [next(outsideId), next(outsideId)];
  expect(await Promise.race(both)).toMatchObject({
    errorType: 'Extension.InvalidExtensionState',
    errorMessage: expect.stringContaining('from Ready to Ready'),
  });
  const typed = {...identified, 'Lambda-Extension-Function-Error-Type': 'Extension.Why'};
  for (const round of [1, 2]) {
    const reported = await call('POST', `${extension}/init/error`, {headers: typed});
    expect([round, reported.status, reported.text]).toEqual([round, 202, '{"status":"OK"}\n']);
  }
  expect(await next(insideId)).toMatchObject({errorMessage: expect.stringContaining('from InitError to Ready')});
  const runtimeNext = fetchNext(call).catch(() => undefined);
  await expect.poll(() => register('late', '{}')).toMatchObject({errorType: 'Extension.RegistrationClosed'});
  // The end cuts the parked calls off: they are heard before it comes.
  const ended = Promise.allSettled([...both, runtimeNext, init]);
  await environment.shutdown('spindown');
  await ended;
});
