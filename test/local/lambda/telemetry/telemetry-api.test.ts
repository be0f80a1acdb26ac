import {afterAll, beforeAll, expect, test} from 'vitest';
import type {TelemetryEvent} from '../../../../src/local/lambda/telemetry/event.ts';
import {eventually, lambdaBench} from '../environment/lambda-bench.ts';
import {speakFor, still} from '../environment/speak-for.ts';
import {type Listener, listenHttp, listenTcp} from './listener.ts';

let bench: Awaited<ReturnType<typeof lambdaBench>>;
let modern: Listener;
let older: Listener;
let oldest: Listener;
let lines: Awaited<ReturnType<typeof listenTcp>>;

beforeAll(async () => {
  bench = await lambdaBench({sandbox: 'portable', settings: {freeze: false}});
  [modern, older, oldest, lines] = await Promise.all([listenHttp(), listenHttp(), listenHttp(), listenTcp()]);
});
afterAll(async () => {
  await bench.close();
  await Promise.all([modern, older, oldest, lines].map(listener => listener.close()));
});

const paths = {Telemetry: '/2022-07-01/telemetry', Logs: '/2020-08-15/logs'};
const quick = {timeoutMs: 25};
const to = (port: number, more: object = {}) => ({
  destination: {protocol: 'HTTP', URI: `http://sandbox.localdomain:${port}/inbox`, ...more},
  buffering: quick,
});
const typesOf = (events: TelemetryEvent[]) => events.map(({type}) => type);
const recordOf = (events: TelemetryEvent[], type: string) => events.filter(event => event.type === type).at(-1)?.record;

test('extensions subscribe during init and are told of everything since its start', async () => {
  const {
    environment,
    init,
    call,
    invoke,
    lines: log,
    spec,
  } = await speakFor(bench, {'extensions/outside!': still}, {timeoutMs: 1_500});
  const register = async (name: string) => {
    const headers = {'Lambda-Extension-Name': name};
    const answer = await call('POST', '/2020-01-01/extension/register', {headers, body: '{"events":[]}'});
    return answer.headers.get('lambda-extension-identifier')!;
  };
  const [outside, tcp, logs, oldLogs] = [
    await register('outside'),
    await register('tcp'),
    await register('logs'),
    await register('old-logs'),
  ];
  const put = (api: 'Telemetry' | 'Logs', id: string | undefined, body: unknown) =>
    call('PUT', paths[api], {
      headers: {'Content-Type': 'application/json', ...(id !== undefined && {'Lambda-Extension-Identifier': id})},
      body: JSON.stringify(body),
    });
  const wanted = {schemaVersion: '2022-07-01', types: ['platform', 'function', 'extension'], ...to(modern.port)};

  const subscriptions = [
    ['Telemetry', outside, wanted],
    ['Telemetry', tcp, {...wanted, types: ['platform'], destination: {protocol: 'TCP', port: lines.port}}],
    ['Logs', logs, {schemaVersion: '2021-03-18', types: ['platform'], ...to(older.port, {method: 'PUT'})}],
    ['Logs', oldLogs, {types: ['platform', 'function'], ...to(oldest.port)}],
    // Again, and to somewhere else: accepted, without effect.
    ['Telemetry', outside, {...wanted, ...to(1)}],
  ] as const;
  for (const [api, id, body] of subscriptions) {
    expect(await put(api, id, body)).toMatchObject({status: 200, text: '"OK"'});
  }
  expect(log.filter(line => /^(TELEMETRY|LOGS)\t/.test(line))).toEqual([
    'TELEMETRY\tName: outside\tState: Subscribed\tTypes: [Platform, Function, Extension]',
    'TELEMETRY\tName: tcp\tState: Subscribed\tTypes: [Platform]',
    'LOGS\tName: logs\tState: Subscribed\tTypes: [Platform]',
    'LOGS\tName: old-logs\tState: Subscribed\tTypes: [Platform, Function]',
  ]);

  const parked: Promise<unknown>[] = [outside, tcp, logs, oldLogs].map(id =>
    call('GET', '/2020-01-01/extension/event/next', {headers: {'Lambda-Extension-Identifier': id}}).catch(() => {}),
  );
  const next = () => call('GET', '/2018-06-01/runtime/invocation/next');
  let event = next();
  await init;
  const post = async (kind: 'response' | 'error', body: string) => {
    const id = (await event).headers.get('lambda-runtime-aws-request-id')!;
    const headers = {'Lambda-Runtime-Function-Error-Type': 'Function.Unlucky'};
    await call('POST', `/2018-06-01/runtime/invocation/${id}/${kind}`, {body, headers});
    event = next();
    event.catch(() => {});
    return id;
  };
  const first = invoke({});
  const firstId = await post('response', '"done"');
  await first;
  await eventually(() => modern.events.some(({type}) => type === 'platform.report'), 'the report');
  const onInit = {initializationType: 'on-demand', phase: 'init'};
  expect(typesOf(modern.events).filter(type => type !== 'function')).toEqual([
    'platform.initStart',
    'extension',
    ...Array.from({length: 2}, () => 'platform.telemetrySubscription'),
    'platform.initRuntimeDone',
    ...Array.from({length: 4}, () => 'platform.extension'),
    'platform.initReport',
    'platform.start',
    'platform.runtimeDone',
    'platform.report',
  ]);
  const {events} = modern;
  expect(events.every(({time}) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time))).toBe(true);
  expect(events.map(({time}) => time)).toEqual(events.map(({time}) => time).sort());
  expect(recordOf(events, 'platform.initStart')).toEqual({
    ...onInit,
    functionName: 'demo',
    functionVersion: '$LATEST',
    instanceId: spec.logStream,
    instanceMaxMemory: 268_435_456,
    runtimeVersion: expect.stringContaining('provided:al2023'),
    runtimeVersionArn: expect.stringMatching(/^arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/),
  });
  expect(recordOf(events, 'extension')).toMatch(/^api 127/);
  expect(recordOf(events, 'function')).toMatch(/^api 127/);
  expect(recordOf(events, 'platform.initRuntimeDone')).toEqual({...onInit, status: 'success'});
  expect(recordOf(events, 'platform.initReport')).toEqual({
    ...onInit,
    status: 'success',
    metrics: {durationMs: expect.any(Number)},
  });
  expect(recordOf(events, 'platform.extension')).toMatchObject({name: 'old-logs', state: 'Ready', events: []});
  expect(events.find(({type}) => type === 'platform.telemetrySubscription')?.record).toEqual({
    name: 'outside',
    state: 'Subscribed',
    types: ['platform', 'function', 'extension'],
  });
  const tracing = {
    type: 'X-Amzn-Trace-Id',
    value: expect.stringContaining('Root='),
    spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
  };
  const span = (name: string) => ({name, start: expect.stringMatching(/Z$/), durationMs: expect.any(Number)});
  expect(recordOf(events, 'platform.start')).toEqual({requestId: firstId, version: '$LATEST', tracing});
  expect(recordOf(events, 'platform.runtimeDone')).toEqual({
    requestId: firstId,
    status: 'success',
    metrics: {durationMs: expect.any(Number), producedBytes: 6},
    spans: ['responseLatency', 'responseDuration', 'runtimeOverhead'].map(span),
    tracing,
  });
  const report = recordOf(events, 'platform.report') as {metrics: Record<string, number>};
  expect(report).toMatchObject({requestId: firstId, status: 'success', spans: [span('extensionOverhead')], tracing});
  const {durationMs, billedDurationMs, initDurationMs} = report.metrics;
  expect(report.metrics.memorySizeMB).toBe(256);
  expect(Math.abs(billedDurationMs! - Math.ceil(durationMs! + initDurationMs!))).toBeLessThanOrEqual(1);

  const second = invoke({});
  await post('error', '{"errorType":"Unlucky","errorMessage":"no"}');
  await second;
  await eventually(() => typesOf(events).filter(type => type === 'platform.report').length === 2, 'the second report');
  for (const type of ['platform.runtimeDone', 'platform.report']) {
    expect(recordOf(events, type)).toMatchObject({status: 'error', errorType: 'Function.Unlucky'});
  }
  // Nobody answers: the rest is delivered before the extensions go.
  await invoke({});
  for (const type of ['platform.runtimeDone', 'platform.report']) {
    expect(recordOf(events, type)).toMatchObject({status: 'timeout'});
  }
  const platform = typesOf(events).filter(type => type.startsWith('platform.'));
  // What the system has taken over TCP may still be on its way.
  await eventually(() => lines.events.length >= platform.length, 'the events over TCP');
  expect(typesOf(lines.events)).toEqual(platform);
  expect(new Set(modern.requests)).toEqual(new Set(['POST /inbox application/json']));
  expect(new Set(older.requests)).toEqual(new Set(['PUT /inbox application/json']));
  const invocation = ['platform.start', 'platform.runtimeDone', 'platform.end', 'platform.report'];
  const failed = ['platform.start', 'platform.runtimeDone', 'platform.fault', 'platform.end', 'platform.report'];
  expect(typesOf(older.events)).toEqual([
    ...Array.from({length: 2}, () => 'platform.logsSubscription'),
    ...Array.from({length: 4}, () => 'platform.extension'),
    ...invocation,
    ...invocation,
    ...failed,
  ]);
  expect(recordOf(older.events, 'platform.fault')).toMatch(
    /^RequestId: \S+ Error: Task timed out after 1.50 seconds\n/,
  );
  expect(Object.keys(recordOf(older.events, 'platform.report') as object)).toEqual(['requestId', 'metrics']);
  expect(typesOf(oldest.events).filter(type => type !== 'function')).toEqual(
    typesOf(older.events).filter(type => type !== 'platform.runtimeDone'),
  );
  await environment.shutdown('spindown');
  await Promise.all(parked);
});
