import {readFileSync} from 'node:fs';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {sandboxForm, sandboxForms} from '../sandbox/sandbox-forms.ts';
import {demoFunction, eventually, lambdaBench, watcher} from './lambda-bench.ts';

type Bench = Awaited<ReturnType<typeof lambdaBench>>;

/** Zombies are not alive: when they go is up to the system. The state stands behind the name, which is in brackets. */
const alive = (pid: number) => {
  try {
    return !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** The text of lines as AWS orders them, with what differs between runs taken out. */
const shape = (lines: string[]) =>
  lines.map(line =>
    line
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      .replace(/^\d{4}-\S+Z\t/, 'TIME\t')
      .replace(/\d+\.\d\d ms/g, 'N ms')
      .replace(/\d+ (ms|MB)/g, 'N $1')
      .replace(/ Version Runtime.*| Version: nodejs.*/, '')
      .replace(/^event .*"eventType":"(\w+)".*/, 'event $1'),
  );

test.for(await sandboxForms())(
  'starts the extension first, answers, tells SHUTDOWN, and writes lines in the order of AWS ($sandbox)',
  async ({sandbox, refusal}, {skip}) => {
    skip(refusal !== undefined, refusal);
    const bench = await lambdaBench({sandbox});
    onTestFinished(() => bench.close());
    const {environment, lines, transitions, invoke, spec} = await bench.start({layers: watcher, code: demoFunction});
    expect(environment.state).toBe('ready');
    expect((await invoke({do: 'echo', value: 1})).json).toEqual({event: {do: 'echo', value: 1}, count: 1});
    const second = await invoke({do: 'echo'});
    expect(second.json).toMatchObject({count: 2});
    expect(shape(second.lines)).toEqual([
      'START RequestId: ID Version: $LATEST',
      'event INVOKE',
      'END RequestId: ID',
      'REPORT RequestId: ID\tDuration: N ms\tBilled Duration: N ms\tMemory Size: N MB\tMax Memory Used: N MB\t',
    ]);
    await environment.shutdown('spindown');
    await environment.shutdown('failure');
    expect(environment.state).toBe('gone');
    const [first, ...rest] = shape(lines);
    expect(first).toMatch(/^INIT_START Runtime/);
    // Once the extension has registered, two processes write at the same time.
    expect(rest.slice(0, 2).sort()).toEqual(['TIME\t-\tINFO\tloading', 'registered 200']);
    expect(rest.slice(2)).toEqual([
      'EXTENSION\tName: watcher\tState: Ready\tEvents: [INVOKE, SHUTDOWN]',
      'START RequestId: ID Version: $LATEST',
      'event INVOKE',
      'END RequestId: ID',
      expect.stringMatching(/^REPORT .*\tInit Duration: N ms\t$/),
      ...shape(second.lines),
      'event SHUTDOWN',
    ]);
    expect(lines.at(-1)).toContain('"shutdownReason":"spindown"');
    expect(transitions.map(({from, to, reason}) => [from, to, reason])).toEqual([
      ['init', 'ready', undefined],
      ['ready', 'invoking', undefined],
      ['invoking', 'ready', undefined],
      ['ready', 'invoking', undefined],
      ['invoking', 'ready', undefined],
      ['ready', 'shutting-down', 'spindown'],
      ['shutting-down', 'gone', 'spindown'],
    ]);
    expect(spec.logStream.endsWith(environment.id)).toBe(true);
  },
);

const sandbox = await sandboxForm();

describe(`an execution environment (${sandbox})`, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await lambdaBench({sandbox, settings: {initLimitMs: 1_000}});
  });
  afterAll(() => bench.close());

  test('gives runtime and extension the variables of Lambda, and nothing of the user', async () => {
    process.env.PRIVATE_OF_THE_USER = 'yes';
    const variables = {EXT: 'variables', OWN: '1', AWS_REGION: 'nowhere'};
    const {environment, lines, invoke, spec} = await bench.start({layers: watcher, spec: {variables}});
    const {json} = await invoke({do: 'variables'});
    const inside = (json as {variables: Record<string, string>; cwd: string; tmpdir: string}).variables;
    expect(inside).toMatchObject({
      OWN: '1',
      AWS_REGION: 'us-east-1',
      _HANDLER: 'index.handler',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_LOG_STREAM_NAME: spec.logStream,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      TZ: ':UTC',
      _X_AMZN_TRACE_ID: expect.stringContaining('Root='),
    });
    const cwd = sandbox === 'namespaces' ? '/var/task' : spec.codeFolder;
    expect(json).toMatchObject({cwd});
    expect(inside.LAMBDA_TASK_ROOT).toBe(cwd);
    if (sandbox === 'namespaces') expect(json).toMatchObject({tmpdir: '/tmp'});
    const told = lines.find(line => line.startsWith('variables '))!;
    const extension = JSON.parse(told.slice('variables '.length)) as Record<string, string>;
    expect(extension).toMatchObject({
      OWN: '1',
      AWS_LAMBDA_FUNCTION_NAME: 'demo',
      AWS_LAMBDA_RUNTIME_API: inside.AWS_LAMBDA_RUNTIME_API,
    });
    for (const name of ['_HANDLER', 'LAMBDA_TASK_ROOT', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_EXECUTION_ENV']) {
      expect(extension).not.toHaveProperty(name);
    }
    for (const name of ['HOME', 'PRIVATE_OF_THE_USER', 'AWS_PROFILE']) {
      expect(inside).not.toHaveProperty(name);
      expect(extension).not.toHaveProperty(name);
    }
    delete process.env.PRIVATE_OF_THE_USER;
    await environment.shutdown('spindown');
  });

  test('a timeout is answered at once, resets with SHUTDOWN timeout, keeps /tmp, and starts again inline', async () => {
    const {environment, lines, transitions, invoke} = await bench.start({layers: watcher, spec: {timeoutMs: 400}});
    await invoke({do: 'write', text: 'kept'});
    const late = await invoke({do: 'hang'});
    expect(late.answer.functionError).toBe('Unhandled');
    expect(late.json).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 0.40 seconds$/),
    });
    expect(late.answeredMs).toBeLessThan(1_500);
    expect(late.lines.at(-1)).toMatch(/Duration: 400.00 ms\tBilled Duration: 400 ms\t.*\tStatus: timeout$/);
    expect(lines.filter(line => line.includes('"shutdownReason":"timeout"'))).toHaveLength(1);
    expect(transitions.slice(-3)).toMatchObject([
      {to: 'invoking', cold: false},
      {to: 'shutting-down', reason: 'timeout', errorType: 'Sandbox.Timedout', budgetMs: 2_000},
      {to: 'ready', extensions: [{name: 'watcher', outcome: 'exited', delivered: true}]},
    ]);
    const again = await invoke({do: 'read'});
    expect(again.json).toBe('kept');
    expect(again.lines.findIndex(line => line.startsWith('EXTENSION'))).toBeLessThan(
      again.lines.findIndex(line => line.startsWith('START')),
    );
    expect(lines.filter(line => line.startsWith('INIT_START'))).toHaveLength(1);
    expect(again.lines.at(-1)).not.toContain('Init Duration');
    await environment.shutdown('spindown');
  });

  test('the caller does not wait for a busy extension, the environment does', async () => {
    const {environment, invoke} = await bench.start({layers: watcher, spec: {variables: {EXT: 'busy-400'}}});
    const {answeredMs, doneMs} = await invoke({do: 'echo'});
    expect(doneMs - answeredMs).toBeGreaterThan(200);
    expect(doneMs).toBeGreaterThan(390);
    await environment.shutdown('spindown');
  });

  test('between events everything is frozen, daemons at the end are ended', async () => {
    const {environment, invoke} = await bench.start({layers: watcher});
    await invoke({do: 'ticks'});
    await new Promise(resolve => setTimeout(resolve, 300));
    expect((await invoke({do: 'countTicks'})).json).toBeLessThan(10);
    const {json} = await invoke({do: 'daemon'});
    const {daemon} = json as {daemon: number};
    await environment.shutdown('spindown');
    if (sandbox === 'portable') expect(alive(daemon)).toBe(false);
  });

  test('an init over its limit is run again in the first invocation', async () => {
    const {environment, lines, invoke} = await bench.start({layers: watcher, spec: {variables: {INIT: 'hang-once'}}});
    expect(environment.state).toBe('ready');
    expect(lines.at(-1)).toContain('"shutdownReason":"timeout"');
    expect(lines.find(line => line.startsWith('INIT_REPORT'))).toMatch(/\tPhase: init\tStatus: timeout$/);
    const {json, lines: tail} = await invoke({do: 'echo'});
    expect(json).toMatchObject({count: 1});
    expect(tail.at(-1)).not.toContain('Init Duration');
    await environment.shutdown('spindown');
  });

  test('ended in the middle of init or of an invocation, it leaves nothing and answers the caller', async () => {
    const starting = await bench.prepare({layers: watcher});
    const init = starting.environment.init();
    await starting.environment.shutdown('spindown');
    await init;
    expect(starting.environment.state).toBe('gone');
    const running = await bench.start({layers: watcher});
    const call = running.invoke({do: 'hang'});
    await eventually(() => running.lines.some(line => line.startsWith('event')), 'the event is with the extension');
    await running.environment.shutdown('spindown');
    expect((await call).answer.functionError).toBe('Unhandled');
    expect(running.environment.state).toBe('gone');
  });
});
