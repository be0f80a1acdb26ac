import {spawnSync} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {lambdaBench} from './lambda-bench.ts';

let bench: Awaited<ReturnType<typeof lambdaBench>>;
beforeAll(async () => {
  bench = await lambdaBench();
});
afterAll(() => bench.close());

type Line = {type?: string; level?: string; record?: Record<string, unknown>; [member: string]: unknown};
/** Lines that are JSON as objects, the others as they are. */
const read = (lines: readonly string[]) =>
  lines.map(line => (line.startsWith('{') ? (JSON.parse(line) as Line) : line));
const objects = (lines: readonly string[]) => read(lines).filter(line => typeof line !== 'string');
const typesOf = (lines: readonly string[]) => objects(lines).flatMap(({type}) => type ?? []);
const id = expect.stringMatching(/^[0-9a-f-]{36}$/);
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

const nodeCode = {
  'index.js': `
    console.log('loading');
    exports.handler = async event => {
      if (event === 'fail') throw Object.assign(new RangeError('out of it'), {code: 7});
      console.trace('a trace');
      console.debug('some detail');
      console.log('two\\nlines');
      console.info({a: {b: [1]}});
      console.warn('careful: %s', 'hot', new TypeError('wrong'));
      console.error(new RangeError('alone'));
      console.log(1n);
      console.fatal('the end');
      process.stdout.write('plain\\n{"level":"debug","own":true}\\n{"level":"error","own":true}\\n');
      return [process.env.AWS_LAMBDA_LOG_FORMAT, process.env.AWS_LAMBDA_LOG_LEVEL];
    };`,
};

describe('the JSON log format', () => {
  test('of the platform and of the Node.js client', async () => {
    const {environment, lines, invoke} = await bench.start({
      code: nodeCode,
      layers: {'extensions/telemetry-reader!': 'fixture:telemetry/reader'},
      spec: {jsonLogging: {applicationLevel: 'INFO', systemLevel: 'INFO'}},
    });
    expect(objects(lines)[0]).toEqual({
      ...{time, type: 'platform.initStart'},
      record: expect.objectContaining({phase: 'init', functionName: 'demo', runtimeVersion: expect.any(String)}),
    });
    expect(objects(lines)).toContainEqual({timestamp: time, level: 'INFO', message: 'loading'});
    const first = await invoke({});
    expect(first.json).toEqual(['JSON', 'INFO']);
    const head = {timestamp: time, requestId: id};
    expect(read(first.lines).filter(line => typeof line !== 'string' || !/^(got|event) /.test(line))).toEqual([
      {time, type: 'platform.start', record: {requestId: id, version: '$LATEST', tracing: expect.any(Object)}},
      {...head, level: 'INFO', message: 'two\nlines'},
      {...head, level: 'INFO', message: {a: {b: [1]}}},
      {
        ...{...head, level: 'WARN', message: expect.stringMatching(/^careful: hot TypeError: wrong/)},
        ...{errorType: 'TypeError', errorMessage: 'wrong', stackTrace: expect.arrayContaining(['TypeError: wrong'])},
      },
      {
        ...{...head, level: 'ERROR'},
        message: {errorType: 'RangeError', errorMessage: 'alone', stackTrace: expect.any(Array)},
      },
      {...head, level: 'INFO', message: '1n'},
      {...head, level: 'FATAL', message: 'the end'},
      'plain',
      {level: 'error', own: true},
      {
        ...{time, type: 'platform.report'},
        record: expect.objectContaining({
          ...{requestId: id, status: 'success'},
          metrics: expect.objectContaining({memorySizeMB: 256, initDurationMs: expect.any(Number)}),
        }),
      },
    ]);
    const failed = await invoke('fail');
    expect(objects(failed.lines)).toContainEqual({
      ...{...head, level: 'ERROR'},
      message: {errorType: 'RangeError', errorMessage: 'out of it', stackTrace: expect.any(Array), code: 7},
    });
    await environment.shutdown('spindown');
    expect(typesOf(lines).slice(0, 3)).toEqual([
      'platform.initStart',
      'platform.telemetrySubscription',
      'platform.extension',
    ]);
    expect(lines.filter(line => /^(INIT_START|START|END|REPORT|EXTENSION|TELEMETRY)/.test(line))).toEqual([]);
    // The subscriber's schema is older than lines as objects, and log levels are not its concern.
    const got = lines.filter(line => line.startsWith('got function '));
    expect(got).toContain(`got function ${JSON.stringify('{"level":"debug","own":true}')}`);
    expect(got.find(line => line.includes('platform.runtimeDone'))).toBeUndefined();
    expect(lines.some(line => line.startsWith('got platform.runtimeDone '))).toBe(true);
  });

  test('by level', async () => {
    const {environment, lines, invoke} = await bench.start({
      code: nodeCode,
      spec: {jsonLogging: {applicationLevel: 'ERROR', systemLevel: 'DEBUG'}},
    });
    const {lines: spoken} = await invoke({});
    await environment.shutdown('spindown');
    expect(read(spoken).map(line => (typeof line === 'string' ? line : (line.level ?? line.type)))).toEqual([
      'platform.start',
      'ERROR',
      'FATAL',
      'error',
      'platform.runtimeDone',
      'platform.report',
    ]);
    expect(typesOf(lines).slice(0, 3)).toEqual([
      'platform.initStart',
      'platform.initRuntimeDone',
      'platform.initReport',
    ]);
  });

  test('of an init that fails, with the least of the platform', async () => {
    const {environment, lines, invoke} = await bench.start({
      code: {'index.js': "throw new TypeError('no start')"},
      spec: {jsonLogging: {applicationLevel: 'FATAL', systemLevel: 'WARN'}},
    });
    const {json} = await invoke({});
    expect(json).toMatchObject({errorType: 'TypeError'});
    await environment.shutdown('spindown');
    const failed = ['platform.initRuntimeDone', 'platform.initReport'];
    expect(objects(lines).map(({type, record}) => [type, record?.phase ?? record?.status])).toEqual([
      ...failed.map(type => [type, 'init']),
      ...failed.map(type => [type, 'invoke']),
      ['platform.runtimeDone', 'error'],
      ['platform.report', 'error'],
    ]);
  });

  test.skipIf(spawnSync('python3', ['-V']).status !== 0)('of the Python client', async () => {
    const code = {
      'app.py': [
        'import logging',
        'def handler(event, context):',
        '    if event == "fail": raise ValueError("wrong")',
        '    print("printed")',
        '    logging.debug("hidden")',
        '    logging.info("two\\nlines %s", "ä", extra={"order": 7, "thing": {1}})',
        '    try: 1 / 0',
        '    except ZeroDivisionError: logging.getLogger("mine").exception("caught")',
        '    return logging.getLogger().level',
      ].join('\n'),
    };
    const {environment, invoke} = await bench.start({
      code,
      spec: {
        ...{handler: 'app.handler', runtime: 'python3.12'},
        jsonLogging: {applicationLevel: 'INFO', systemLevel: 'WARN'},
      },
    });
    const {json, lines} = await invoke({});
    expect(json).toBe(20);
    const head = {timestamp: time, requestId: id};
    expect(read(lines)).toEqual([
      'printed',
      {...head, level: 'INFO', logger: 'root', message: 'two\nlines ä', order: 7, thing: '{1}'},
      {
        ...{...head, level: 'ERROR', logger: 'mine', message: 'caught'},
        ...{errorType: 'ZeroDivisionError', errorMessage: 'division by zero'},
        stackTrace: [expect.stringContaining('app.py')],
        location: expect.stringMatching(/app\.py:handler:\d+$/),
      },
    ]);
    const failed = await invoke('fail');
    expect(objects(failed.lines)[0]).toEqual({
      ...{...head, log_level: 'ERROR', errorType: 'ValueError', errorMessage: 'wrong'},
      stackTrace: [expect.stringContaining('app.py')],
    });
    await environment.shutdown('spindown');
  });
});
