import {spawnSync} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import type {HollowPlan} from '../environment/hollow.ts';
import {lambdaBench} from '../environment/lambda-bench.ts';
import {clientProcess} from './client-process.ts';

let bench: Awaited<ReturnType<typeof lambdaBench>>;

beforeAll(async () => {
  bench = await lambdaBench();
});
afterAll(() => bench.close());

/** In an environment of its own, for what passes through its log. */
const start = (code: Record<string, string>, handler = 'index.handler', runtime = 'nodejs24.x') =>
  bench.start({code, spec: {handler, runtime}});

/** As a plain process, which is enough for what it asks and answers. */
async function run(plan: HollowPlan) {
  const started = await clientProcess(plan);
  onTestFinished(started.close);
  return started;
}
const runNode = (code: Record<string, string>, handler = 'index.handler') =>
  run({code, spec: {handler, runtime: 'nodejs24.x'}});

describe('the Node.js client', () => {
  test.each([
    ['an ES module by name', {'index.mjs': "export const handler = async () => 'mjs'"}, 'index.handler', 'mjs'],
    ['CommonJS', {'index.js': "exports.handler = async () => 'js'"}, 'index.handler', 'js'],
    ['.cjs', {'index.cjs': "exports.handler = async () => 'cjs'"}, 'index.handler', 'cjs'],
    [
      'an ES module by package.json, nested',
      {'package.json': '{"type":"module"}', 'app/main.js': "export const a = {b: async () => 'nested'}"},
      'app/main.a.b',
      'nested',
    ],
    [
      'a callback',
      {'index.js': "exports.handler = (e, c, done) => setTimeout(done, 5, null, 'called')"},
      'index.handler',
      'called',
    ],
    [
      'a callback that does not wait',
      {
        'index.js':
          "exports.handler = (e, c, done) => { c.callbackWaitsForEmptyEventLoop = false; setTimeout(() => {}, 60000); done(null, 'now') }",
      },
      'index.handler',
      'now',
    ],
    ['nothing given back', {'index.js': 'exports.handler = () => {}'}, 'index.handler', null],
  ])('serves %s', async (_name, code, handler, expected) => {
    const {invoke} = await runNode(code as Record<string, string>, handler);
    expect((await invoke({})).json).toBe(expected);
  });

  test.each([
    [{}, 'index.handler', 'Runtime.ImportModuleError', /Cannot find module 'index'/],
    [{'index.js': "require('absent')"}, 'index.handler', 'Runtime.ImportModuleError', /Cannot find module 'absent'/],
    [
      {'index.js': 'exports.other = 1'},
      'index.handler',
      'Runtime.HandlerNotFound',
      /^index.handler is undefined or not exported$/,
    ],
    [{'index.js': 'exports.handler = ('}, 'index.handler', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
    [{'index.js': ''}, 'index', 'Runtime.MalformedHandlerName', /Bad handler/],
  ])('tells why it cannot load %j', async (code, handler, errorType, message) => {
    const {lines, output, invoke} = await runNode(code as Record<string, string>, handler);
    expect(output()).toMatch(new RegExp(`\tERROR\tInit Error \t\\{.*${errorType}`));
    expect(lines.find(line => line.startsWith('INIT_REPORT'))).toContain(`Error Type: ${errorType}`);
    const {json} = await invoke({});
    expect(json).toMatchObject({errorType, errorMessage: expect.stringMatching(message), trace: expect.any(Array)});
  });

  test('tells of rejections nobody handles, of promises that never settle, and of results that are no JSON', async () => {
    const {environment, lines, invoke} = await start({
      'index.js': `
        exports.handler = async e => {
          if (e === 'reject') { Promise.reject(new Error('lost')); await new Promise(r => setTimeout(r, 500)); }
          if (e === 'never') return new Promise(() => {});
          if (e === 'big') return 1n;
          console.warn('two\\nlines');
          console.log({a: 1});
          return 'fine';
        }`,
    });
    expect((await invoke('fine')).json).toBe('fine');
    expect(lines.find(line => line.includes('\tWARN\t'))).toMatch(/^\S+Z\t[0-9a-f-]{36}\tWARN\ttwo\nlines$/);
    expect(lines.find(line => line.includes('\tINFO\t'))).toMatch(/INFO\t\{ a: 1 \}$/);
    expect((await invoke('big')).json).toMatchObject({errorType: 'Runtime.MarshalError'});
    expect(lines.find(line => line.includes('Invoke Error'))).toMatch(
      /\tERROR\tInvoke Error \t\{"errorType":"Runtime.MarshalError"/,
    );
    expect((await invoke('never')).json).toMatchObject({errorType: 'Runtime.NodeJsExit'});
    expect((await invoke('reject')).json).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
    await environment.shutdown('spindown');
  });

  test('tells a function that wants to stream its response that this is not supported, at each event', async () => {
    const {invoke, transitions} = await runNode({
      'index.mjs': 'export const handler = awslambda.streamifyResponse(async (event, stream) => stream.end("x"));',
    });
    for (const round of [1, 2]) {
      const {json, answer} = await invoke({round});
      expect(answer.functionError).toBe('Unhandled');
      expect(json).toMatchObject({
        errorType: 'Runtime.StreamingNotSupported',
        errorMessage: expect.stringContaining('awslambda.streamifyResponse'),
      });
    }
    expect(transitions.map(({to}) => to)).not.toContain('shutting-down');
  });
});

describe.skipIf(spawnSync('python3', ['-V']).status !== 0)('the Python client', () => {
  test('serves a handler, its log, and its errors', async () => {
    const code = {
      'app.py': [
        'import logging, os',
        'logging.getLogger().setLevel("INFO")',
        'def handler(event, context):',
        '    print("printed")',
        '    logging.info("two\\nlines")',
        '    if event == "fail": raise ValueError("wrong")',
        '    if event == "bytes": return b"x"',
        '    return {"got": event, "id": len(context.aws_request_id), "cwd": os.getcwd() == os.environ["LAMBDA_TASK_ROOT"], "left": context.get_remaining_time_in_millis() > 1000}',
      ].join('\n'),
    };
    const {environment, lines, invoke} = await start(code, 'app.handler', 'python3.12');
    expect((await invoke({ä: 1})).json).toEqual({got: {ä: 1}, id: 36, cwd: true, left: true});
    expect(lines).toContain('printed');
    expect(lines.find(line => line.startsWith('[INFO]'))).toMatch(/^\[INFO\]\t\S+Z\t[0-9a-f-]{36}\ttwo\nlines$/);
    const failed = await invoke('fail');
    expect(failed.json).toMatchObject({errorType: 'ValueError', errorMessage: 'wrong'});
    expect((failed.json as {stackTrace: string[]}).stackTrace).toHaveLength(1);
    expect((await invoke('bytes')).json).toMatchObject({errorType: 'Runtime.MarshalError'});
    await environment.shutdown('spindown');
  });

  test.each([
    [{}, 'app.handler', 'Runtime.ImportModuleError', "Unable to import module 'app': No module named 'app'"],
    [{'app.py': ''}, 'app.handler', 'Runtime.HandlerNotFound', "Handler 'handler' missing on module 'app'"],
    [
      {'app.py': 'def ('},
      'app.handler',
      'Runtime.UserCodeSyntaxError',
      expect.stringContaining("Syntax error in module 'app'"),
    ],
  ])('tells why it cannot load %j', async (code, handler, errorType, errorMessage) => {
    const {invoke} = await run({code: code as Record<string, string>, spec: {handler, runtime: 'python3.12'}});
    expect((await invoke({})).json).toMatchObject({errorType, errorMessage});
  });
});

describe('provided', () => {
  test('runs the bootstrap of a layer when the code has none', async () => {
    const bootstrap = [
      '#!/usr/bin/env bash',
      'api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"',
      'while true; do',
      '  head=headers',
      '  event=$(curl -sS -D "$head" "$api/next")',
      "  id=$(grep -i '^lambda-runtime-aws-request-id' \"$head\" | tr -d '[:space:]' | cut -d: -f2)",
      '  curl -sS -d "{\\"got\\":$event,\\"env\\":\\"$AWS_EXECUTION_ENV\\"}" "$api/$id/response" >/dev/null',
      'done',
    ].join('\n');
    const {invoke} = await run({code: {}, layers: {'bootstrap!': bootstrap}});
    expect((await invoke([1])).json).toEqual({got: [1], env: ''});
  });

  test('tells that there is none', async () => {
    const {invoke} = await run({code: {}});
    expect((await invoke({})).json).toMatchObject({errorType: 'Runtime.InvalidEntrypoint'});
  });
});
