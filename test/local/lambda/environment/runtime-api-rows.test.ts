import {randomUUID} from 'node:crypto';
import {request} from 'node:http';
import {afterEach, expect, test} from 'vitest';
import {type HollowPlan, hollowEnvironment} from './hollow.ts';
import {eventually, type Invoked} from './lambda-bench.ts';
import {type ApiAnswer, register, sendRaw} from './speak-for.ts';

type Hollow = Awaited<ReturnType<typeof hollowEnvironment>>;

const opened: Hollow[] = [];
afterEach(() => Promise.all(opened.splice(0).map(hollow => hollow.close())));

async function hollow(plan: HollowPlan = {}): Promise<Hollow> {
  const environment = await hollowEnvironment({settings: {responseLimitBytes: 100}, ...plan});
  opened.push(environment);
  return environment;
}

/** A runtime that has just got an event. */
async function withEvent(plan: HollowPlan = {}, more: Parameters<Hollow['invoke']>[1] = {}) {
  const environment = await hollow(plan);
  const parked = environment.next();
  await environment.init;
  const invoked: Promise<Invoked> = environment.invoke({number: 1}, more);
  const event = await parked;
  return {...environment, invoked, event, id: event.headers.get('lambda-runtime-aws-request-id')!};
}

const refusedStep = (from: string, to: string) => ({
  status: 403,
  errorType: 'InvalidStateTransition',
  errorMessage: `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`,
});
const accepted = {status: 202, text: '{"status":"OK"}\n'};
const unknownRequest = {status: 400, errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID'};
const tooLarge = {
  status: 413,
  errorType: 'RequestEntityTooLarge',
  errorMessage: 'Exceeded maximum allowed payload size (100 bytes).',
};
const badMode = {status: 400, errorType: 'InvalidFunctionResponseMode'};
const truncated = {status: 400, errorType: 'TruncatedHTTPRequest'};
const mode = (value: string) => ({'Lambda-Runtime-Function-Response-Mode': value});

/** What a runtime does, and what it is told at the end of it. */
const rows: [situation: string, expected: object, act: () => Promise<ApiAnswer>][] = [
  [
    'an unknown path',
    {status: 404, text: '404 page not found\n'},
    async () => (await hollow()).call('GET', '/2018-06-01/runtime/nowhere'),
  ],
  ['ping', {status: 200, text: 'pong'}, async () => (await hollow()).call('GET', '/2018-06-01/ping')],
  [
    'a response before any event',
    unknownRequest,
    async () => (await hollow()).respond('00000000-0000-4000-8000-000000000000', '1'),
  ],
  [
    'an error for an invocation that is over',
    unknownRequest,
    async () => {
      const {respond, fail, next, invoked, id} = await withEvent();
      await respond(id, '1');
      void next();
      await invoked;
      return fail(id, '{}');
    },
  ],
  [
    'a response before next, in an init that belongs to the invocation',
    refusedStep('Started', 'InvocationResponse'),
    async () => {
      const {init, process, processes, environment, spec, respond} = await hollow();
      process('runtime').end({code: 1});
      await init;
      const requestId = randomUUID();
      environment.invoke({requestId, payload: Buffer.from('1'), invokedFunctionArn: spec.functionArn});
      await eventually(() => processes.length === 2, 'the runtime starts again');
      return respond(requestId, '1');
    },
  ],
  ['a response', accepted, async () => answered(await withEvent())],
  ['an error', accepted, async () => failed(await withEvent())],
  [
    'an empty error without content type',
    accepted,
    async () => {
      const {call, id} = await withEvent();
      return call('POST', `/2018-06-01/runtime/invocation/${id}/error`);
    },
  ],
  ...[answered, failed].flatMap((first, index): typeof rows =>
    [answered, failed].map((second, other) => [
      `${index ? 'an error' : 'a response'}, then ${other ? 'an error' : 'a response'}`,
      refusedStep('RuntimeResponseSentState', other ? 'InvocationErrorResponse' : 'InvocationResponse'),
      async () => {
        const runtime = await withEvent();
        await first(runtime);
        return second(runtime);
      },
    ]),
  ),
  [
    'init/error once next was called',
    refusedStep('Running', 'InitError'),
    async () => (await withEvent()).initError('{}'),
  ],
  ['next after init/error', refusedStep('InitError', 'Ready'), () => afterInitError(runtime => runtime.next())],
  ['init/error twice', refusedStep('InitError', 'InitError'), () => afterInitError(runtime => runtime.initError('{}'))],
  [
    'a response over the limit',
    tooLarge,
    async () => {
      const {respond, id} = await withEvent();
      return respond(id, 'x'.repeat(101));
    },
  ],
  [
    'an error over the limit',
    tooLarge,
    async () => {
      const {fail, id} = await withEvent();
      return fail(id, 'x'.repeat(101));
    },
  ],
  [
    'a response mode other than streaming',
    badMode,
    async () => {
      const {respond, id} = await withEvent();
      return respond(id, '1', mode('sideways'));
    },
  ],
  [
    'next after a response mode other than streaming',
    refusedStep('InvocationResponse', 'Ready'),
    async () => {
      const {respond, next, id} = await withEvent();
      await respond(id, '1', mode('buffered'));
      return next();
    },
  ],
  [
    'the response mode streaming, in any case',
    accepted,
    async () => {
      const {respond, id} = await withEvent();
      return respond(id, '1', mode('Streaming'));
    },
  ],
];

/** With an extension the runtime has some time left, and here all the time there is. */
async function afterInitError(act: (runtime: Hollow) => Promise<ApiAnswer>): Promise<ApiAnswer> {
  const long = {external: 60_000, internal: 60_000, none: 0};
  const runtime = await hollow({ignoresTerm: ['runtime'], settings: {sigtermShareMs: long, shutdownBudgetMs: long}});
  await register(runtime, 'inside', []);
  await runtime.initError('{}');
  const answer = await act(runtime);
  runtime.process('runtime').end({code: 1});
  return answer;
}

async function answered({respond, id}: Awaited<ReturnType<typeof withEvent>>) {
  return respond(id, '{"fine":true}');
}

async function failed({fail, id}: Awaited<ReturnType<typeof withEvent>>) {
  return fail(id, '{"errorType":"No","errorMessage":"no"}');
}

test.each(rows)('the Runtime API answers %s', async (_situation, expected, act) => {
  expect(await act()).toMatchObject(expected);
});

test.each([
  ['POST', '/2018-06-01/ping', 'GET'],
  ['POST', '/2018-06-01/runtime/invocation/next', 'GET'],
  ['GET', '/2018-06-01/runtime/invocation/x/response', 'POST'],
  ['PUT', '/2018-06-01/runtime/invocation/x/error', 'POST'],
  ['DELETE', '/2018-06-01/runtime/init/error', 'POST'],
  ['GET', '/2020-01-01/extension/register', 'POST'],
  ['POST', '/2020-01-01/extension/event/next', 'GET'],
  ['GET', '/2020-01-01/extension/init/error', 'POST'],
  ['GET', '/2020-01-01/extension/exit/error', 'POST'],
  ['POST', '/2022-07-01/telemetry', 'PUT'],
  ['GET', '/2020-08-15/logs', 'PUT'],
])('%s %s is answered with the methods that are allowed', async (method, path, allow) => {
  const {call} = await hollow();
  const {status, headers, text} = await call(method, path);
  expect([status, headers.get('allow'), text]).toEqual([405, allow, '']);
});

test.each([
  ['response', 'a length that is not reached', 'Content-Length: 10\r\n\r\n{"a'],
  ['error', 'a length that is not reached', 'Content-Length: 10\r\n\r\n{"a'],
  ['response', 'chunks without an end', 'Transfer-Encoding: chunked\r\n\r\n2\r\n{"\r\n'],
  ['response', 'a chunk that is cut', 'Transfer-Encoding: chunked\r\n\r\nff\r\n{"'],
])('a %s with %s is told to be cut short, and the runtime is stuck', async (kind, _how, rest) => {
  const {api, id, next} = await withEvent();
  const head = `POST /2018-06-01/runtime/invocation/${id}/${kind} HTTP/1.1\r\nHost: x\r\n`;
  const answer = await sendRaw(api, head + rest);
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({errorType: truncated.errorType});
  const from = kind === 'error' ? 'InvocationErrorResponse' : 'InvocationResponse';
  expect(await next()).toMatchObject(refusedStep(from, 'Ready'));
});

test('what is no HTTP at all is answered with a bare 400', async () => {
  const {api} = await hollow();
  expect(await sendRaw(api, 'nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
});

test.each(['respond', 'fail'] as const)(
  'after too long a body to %s the caller gets its size, and the runtime goes on',
  async how => {
    const {next, invoke, invoked, id, lines, respond, ...runtime} = await withEvent();
    await {...runtime, respond}[how](id, 'x'.repeat(101));
    const parked = next();
    expect((await invoked).answer.functionError).toBe('Unhandled');
    expect((await invoked).json).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size (101 bytes) exceeded maximum allowed payload size (100 bytes).',
    });
    const second = invoke({});
    await respond((await parked).headers.get('lambda-runtime-aws-request-id')!, 'x'.repeat(100).replace(/^x|x$/g, '"'));
    void next();
    expect((await second).answer.functionError).toBeUndefined();
    expect(lines.filter(line => line.startsWith('REPORT'))).toHaveLength(2);
  },
);

test('next carries the event as it came, and only the headers that say something', async () => {
  const more = {requestId: randomUUID(), invokedFunctionArn: 'arn:demo:live', contentType: 'text/csv'};
  const {event, spec} = await withEvent({}, {...more, clientContext: '{"client":{}}'});
  expect([event.status, event.text]).toEqual([200, '{"number":1}']);
  const named = [...event.headers].filter(([name]) => name.startsWith('lambda-') || name === 'content-type');
  expect(Object.fromEntries(named)).toEqual({
    'content-type': 'text/csv',
    'lambda-runtime-aws-request-id': more.requestId,
    'lambda-runtime-deadline-ms': expect.stringMatching(/^\d{13}$/),
    'lambda-runtime-invoked-function-arn': 'arn:demo:live',
    'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
    'lambda-runtime-client-context': '{"client":{}}',
  });
  expect(Number(event.headers.get('lambda-runtime-deadline-ms'))).toBeLessThanOrEqual(Date.now() + spec.timeoutMs);
  const bare = await withEvent({}, {traceId: ''});
  expect(bare.event.headers.get('content-type')).toBe('application/json');
  for (const name of ['trace-id', 'client-context', 'cognito-identity', 'aws-tenant-id']) {
    expect(bare.event.headers.get(`lambda-runtime-${name}`)).toBeNull();
  }
});

test('next while an event is at work gives the same event again', async () => {
  const {next, event, id} = await withEvent();
  const again = await next();
  expect([again.status, again.text]).toEqual([200, event.text]);
  expect(again.headers.get('lambda-runtime-aws-request-id')).toBe(id);
});

test('of two calls of next that wait, one gets the event', async () => {
  const {next, init, invoke} = await hollow();
  const parked = [next(), next()];
  await init;
  void invoke({}).catch(() => {});
  expect((await Promise.race(parked)).status).toBe(200);
});

test('a caller of next that has gone is replaced by the next one', async () => {
  const {api, next, init, invoke} = await hollow();
  const gone = new AbortController();
  const first = fetch(`http://${api}/2018-06-01/runtime/invocation/next`, {signal: gone.signal});
  await init;
  gone.abort();
  await expect(first).rejects.toThrow();
  // The server may learn of it after the event was sent into nothing: the runtime asks again, and gets it.
  void invoke({number: 2}).catch(() => {});
  expect((await next()).text).toBe('{"number":2}');
});

const cause = 'application/vnd.aws.lambda.error.cause+json';
const described = {errorType: 'No', errorMessage: 'no', stackTrace: []};
test.each([
  [
    'as it was posted',
    'application/json',
    JSON.stringify({...described, errorCause: 1}),
    {...described, errorCause: 1},
  ],
  ['as it was posted, whatever it is', 'text/plain', '"anything"', 'anything'],
  ['without the cause meant for X-Ray', cause, JSON.stringify({...described, errorCause: {a: 1}}), described],
  [
    'without the cause, with parameters',
    `${cause}; charset=utf-8`,
    JSON.stringify({...described, errorCause: 1}),
    described,
  ],
  ['as a text when it should hold a cause and is no JSON', cause, 'no', expect.stringMatching(/invalid/i)],
  ['as a text when it should hold a cause and is no object', cause, '[1]', expect.stringMatching(/invalid/i)],
])('the caller sees an error %s', async (_how, contentType, body, expected) => {
  const {fail, next, invoked, id} = await withEvent();
  expect((await fail(id, body, {'Content-Type': contentType})).status).toBe(202);
  void next();
  expect((await invoked).json).toEqual(expected);
  expect((await invoked).answer.functionError).toBe('Unhandled');
});

test.each([
  ['Runtime.NoSuchHandler', 'Runtime.NoSuchHandler'],
  ['Function.Broken', 'Function.Broken'],
  ['Function.broken', 'Function.Unknown'],
  ['Function.', 'Function.Unknown'],
  ['Runtime.no', 'Runtime.Unknown'],
  ['TypeError', 'Runtime.Unknown'],
  [undefined, 'Runtime.Unknown'],
])('the error type %s is labelled %s, and the body stays the payload', async (type, label) => {
  const {init, initError, lines, invoke, processes, process} = await hollow();
  const body = '{"errorMessage":"no start","errorType":"Mine"}';
  const headers = type === undefined ? undefined : {'Lambda-Runtime-Function-Error-Type': type};
  expect(await initError(body, headers)).toMatchObject(accepted);
  await init;
  expect(lines.at(-1)).toMatch(new RegExp(`^INIT_REPORT .*\tPhase: init\tStatus: error\tError Type: ${label}$`));
  // Again within the invocation, and then it is the caller's.
  const invoked = invoke({});
  await eventually(() => processes.length === 2, 'the runtime starts again');
  await initError(body, headers);
  process('runtime').end({code: 1});
  const {json, lines: tail} = await invoked;
  expect(json).toEqual(JSON.parse(body));
  expect(tail.at(-1)).toMatch(new RegExp(`\tStatus: error\tError Type: ${label}$`));
});

/** Posts a response in chunks with trailers, as streaming runtimes do. */
function stream(api: string, id: string, chunks: string[], trailers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: api.split(':')[0],
        port: Number(api.split(':')[1]),
        method: 'POST',
        path: `/2018-06-01/runtime/invocation/${id}/response`,
        headers: {
          ...mode('streaming'),
          'Content-Type': 'application/octet-stream',
          'Transfer-Encoding': 'chunked',
          ...(Object.keys(trailers).length > 0 && {Trailer: Object.keys(trailers).join(', ')}),
        },
      },
      response => {
        response.resume();
        resolve(response.statusCode!);
      },
    );
    call.on('error', reject);
    for (const chunk of chunks) call.write(chunk);
    call.addTrailers(trailers);
    call.end();
  });
}

const streamed = Buffer.from('{"errorType":"Late","errorMessage":"in the middle"}');
test.each([
  ['whole', ['{"part', '":1}'], {}, {part: 1}, undefined],
  [
    'as its error when the trailers tell of one',
    ['"half'],
    {
      'Lambda-Runtime-Function-Error-Type': 'Function.Late',
      'Lambda-Runtime-Function-Error-Body': streamed.toString('base64'),
    },
    {errorType: 'Late', errorMessage: 'in the middle'},
    'Unhandled',
  ],
  [
    'as an error without a body when the trailers have only a type',
    ['"half'],
    {'Lambda-Runtime-Function-Error-Type': 'Function.Late'},
    {errorType: 'Function.Late', errorMessage: expect.any(String)},
    'Unhandled',
  ],
])(
  'a streamed response is kept until its end, and given %s',
  async (_how, chunks, trailers, expected, functionError) => {
    const {api, id, next, invoked} = await withEvent();
    expect(await stream(api, id, chunks, trailers as Record<string, string>)).toBe(202);
    void next();
    expect((await invoked).json).toEqual(expected);
    expect((await invoked).answer.functionError).toBe(functionError);
  },
);

test('a response and the next `next` may come in one piece', async () => {
  const {api, id, invoked} = await withEvent();
  const response = `POST /2018-06-01/runtime/invocation/${id}/response HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n7`;
  const next = 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: a\r\n\r\n';
  const unknown = 'GET /2018-06-01/nowhere HTTP/1.1\r\nHost: a\r\n\r\n';
  const parked = sendRaw(api, response + next + unknown);
  expect((await invoked).json).toBe(7);
  await opened.at(-1)!.environment.shutdown('spindown');
  // The third waits for the second, which nobody answers any more.
  expect((await parked).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 202']);
});
