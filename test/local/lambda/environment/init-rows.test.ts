import {spawnSync} from 'node:child_process';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {sandboxForm} from '../sandbox/sandbox-forms.ts';
import {type HollowPlan, hollowEnvironment} from './hollow.ts';
import {eventually, lambdaBench, shellExtension, shellRuntime} from './lambda-bench.ts';
import {register} from './speak-for.ts';

type Hollow = Awaited<ReturnType<typeof hollowEnvironment>>;

const opened: Hollow[] = [];
afterEach(() => Promise.all(opened.splice(0).map(hollow => hollow.close())));

async function hollow(plan: HollowPlan = {}): Promise<Hollow> {
  const environment = await hollowEnvironment({
    ...plan,
    settings: {freeze: false, shutdownBudgetMs: {external: 50, internal: 50, none: 0}, ...plan.settings},
  });
  opened.push(environment);
  return environment;
}

const outside = {'extensions/outside!': ''};
/** What the extension asks for before it ends or hangs. */
const whenRegistered = async (environment: Hollow) => register(environment, 'outside', ['INVOKE']);

type Row = {
  situation: string;
  plan?: HollowPlan;
  /** What the processes of one generation do; none when nothing starts at all. */
  act?(environment: Hollow): unknown;
  /** What INIT_REPORT tells after the phase. */
  status: string;
  /** What EXTENSION lines tell. */
  extensions?: string[];
  caller: unknown;
  reason?: 'timeout';
};

const error = (type: string, message: string) => ({
  status: `error\tError Type: ${type}`,
  caller: {
    errorType: type,
    errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${message}$`)),
  },
});
const line = (state: string, events: string, more = '') =>
  `EXTENSION\tName: outside\tState: ${state}\tEvents: [${events}]${more}`;

const rows: Row[] = [
  {
    situation: 'the runtime ends with a code',
    act: ({process}) => process('runtime').end({code: 7}),
    ...error('Runtime.ExitError', 'Runtime exited with error: exit status 7'),
  },
  {
    situation: 'the runtime ends with 0',
    act: ({process}) => process('runtime').end({code: 0}),
    ...error('Runtime.ExitError', 'Runtime exited without providing a reason'),
  },
  {
    situation: 'the runtime is killed',
    act: ({process}) => process('runtime').end({signal: 'SIGKILL'}),
    ...error('Runtime.ExitError', 'Runtime exited with error: signal: killed'),
  },
  {
    situation: 'the runtime reports an error and ends',
    act: async ({initError, process}) => {
      await initError('{"errorType":"Mine","more":1}', {'Lambda-Runtime-Function-Error-Type': 'Function.Mine'});
      process('runtime').end({code: 1});
    },
    status: 'error\tError Type: Function.Mine',
    caller: {errorType: 'Mine', more: 1},
  },
  {
    situation: 'the runtime reports an error and stays',
    act: ({initError}) => initError('"no object"'),
    status: 'error\tError Type: Runtime.Unknown',
    caller: 'no object',
  },
  {
    situation: 'there is no bootstrap',
    plan: {code: {}},
    ...error(
      'Runtime.InvalidEntrypoint',
      "Couldn't find valid bootstrap\\(s\\): \\[/var/task/bootstrap /opt/bootstrap\\]",
    ),
  },
  {
    situation: 'an extension ends with a code before it registers',
    plan: {layers: outside},
    act: ({process}) => process('outside').end({code: 3}),
    ...error('Extension.Crash', 'exit status 3'),
    extensions: [],
  },
  {
    situation: 'an extension ends with 0 before it registers',
    plan: {layers: outside},
    act: ({process}) => process('outside').end({code: 0}),
    ...error('Extension.Crash', 'exit code 0'),
    extensions: [],
  },
  {
    situation: 'an extension ends when it has registered',
    plan: {layers: outside},
    act: async environment => {
      await whenRegistered(environment);
      environment.process('outside').end({code: 3});
    },
    ...error('Extension.Crash', 'exit status 3'),
    extensions: [line('Registered', 'INVOKE')],
  },
  {
    situation: 'an extension reports init/error and ends',
    plan: {layers: outside},
    act: async environment => {
      const id = await whenRegistered(environment);
      await environment.extensionError(id, 'init', 'Extension.Unready');
      environment.process('outside').end({code: 1});
    },
    ...error('Extension.InitError', 'exit status 1'),
    extensions: [line('InitError', 'INVOKE', '\tError Type: Extension.Unready')],
  },
  {
    situation: 'an extension reports exit/error and ends',
    plan: {layers: outside},
    act: async environment => {
      const id = await whenRegistered(environment);
      await environment.extensionError(id, 'exit', 'Extension.Unready');
      environment.process('outside').end({code: 0});
    },
    ...error('Extension.ExitError', 'exit code 0'),
    extensions: [line('ExitError', 'INVOKE', '\tError Type: Extension.Unready')],
  },
  {
    situation: 'an extension reports init/error and stays',
    plan: {layers: outside, settings: {initLimitMs: 800}, spec: {timeoutMs: 800}},
    act: async environment =>
      environment.extensionError(await whenRegistered(environment), 'init', 'Extension.Unready'),
    status: 'timeout',
    caller: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/ Error: Task timed out after 0.80 seconds$/),
    },
    extensions: [line('InitError', 'INVOKE', '\tError Type: Extension.Unready')],
    reason: 'timeout',
  },
  {
    situation: 'the runtime does not call next',
    plan: {settings: {initLimitMs: 200}, spec: {timeoutMs: 300}},
    act: () => {},
    status: 'timeout',
    caller: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/ Error: Task timed out after 0.30 seconds$/),
    },
    reason: 'timeout',
  },
  {
    situation: 'an extension file is not executable',
    plan: {layers: {'extensions/outside': ''}},
    ...error('Extension.LaunchError', 'PermissionDenied'),
    extensions: [line('LaunchError', '', '\tError Type: PermissionDenied')],
  },
  {
    situation: 'there is one extension file too many',
    plan: {layers: {'extensions/inside!': '', ...outside}, settings: {maxExtensions: 1}},
    ...error('Extension.LaunchError', 'TooManyExtensions'),
    extensions: [line('LaunchError', '', '\tError Type: TooManyExtensions')],
  },
  {
    situation: 'the runtime ends, then an extension: the first counts',
    plan: {layers: outside},
    act: async environment => {
      const id = await whenRegistered(environment);
      void environment.extensionNext(id);
      await eventually(() => environment.process('runtime')?.running === true, 'the runtime starts');
      environment.process('runtime').end({code: 7});
      environment.process('outside').end({code: 3});
    },
    ...error('Runtime.ExitError', 'Runtime exited with error: exit status 7'),
    extensions: [expect.stringMatching(/State: (Ready|Registered)/) as string],
  },
];

test.each(rows)('init fails, and again within the invocation: $situation', async row => {
  const environment = await hollow(row.plan);
  const {init, lines, invoke, transitions, processes} = environment;
  await row.act?.(environment);
  await init;
  const reason = row.reason ?? 'failure';
  const told = (all: string[]) => all.filter(text => text.startsWith('INIT_REPORT'));
  const extensionLines = (all: string[]) => all.filter(text => text.startsWith('EXTENSION'));
  expect(told(lines)).toEqual([expect.stringMatching(/^INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: /)]);
  expect(told(lines)[0]!.split('Status: ')[1]).toBe(row.status);
  expect(extensionLines(lines)).toEqual(row.extensions ?? []);
  expect(transitions.map(({to}) => to)).toEqual(['shutting-down', 'ready']);
  expect(transitions[0]).toMatchObject({from: 'init', reason});

  const before = processes.length;
  const invoked = invoke({});
  if (row.act) await eventually(() => processes.length > before, 'the processes start again');
  await row.act?.(environment);
  const {json, answer, lines: tail} = await invoked;
  expect({json, functionError: answer.functionError}).toEqual({json: row.caller, functionError: 'Unhandled'});
  expect(told(tail)[0]!.replace(/Duration: [\d.]+ ms/, '')).toBe(
    `INIT_REPORT Init \tPhase: invoke\tStatus: ${row.status}`,
  );
  expect(extensionLines(tail)).toEqual(row.extensions ?? []);
  // No second INIT_START, and the whole belongs to the invocation.
  expect(lines.filter(text => text.startsWith('INIT_START'))).toHaveLength(1);
  expect(tail.at(-1)).toMatch(new RegExp(`^REPORT .*\tStatus: ${row.status}$`));
  expect(tail.at(-1)).not.toContain('Init Duration');
  expect(environment.environment.state).toBe('ready');
});

test('a failed init is tried again at each event, until one succeeds', async () => {
  const {init, process, processes, invoke, next, respond, lines} = await hollow();
  process('runtime').end({code: 1});
  await init;
  const second = invoke({});
  await eventually(() => processes.length === 2, 'the runtime starts again');
  process('runtime').end({code: 1});
  expect((await second).answer.functionError).toBe('Unhandled');
  const third = invoke({number: 3});
  await eventually(() => processes.length === 3, 'the runtime starts once more');
  const event = await next();
  await respond(event.headers.get('lambda-runtime-aws-request-id')!, event.text);
  void next();
  const {json, answer, lines: tail} = await third;
  expect([json, answer.functionError]).toEqual([{number: 3}, undefined]);
  expect(tail.map(text => text.split(' ')[0])).toEqual(['START', 'END', 'REPORT']);
  expect(lines.filter(text => text.startsWith('INIT_REPORT'))).toHaveLength(2);
});

test('the runtime starts when every extension has registered, and init ends when all have called next', async () => {
  const plan = {layers: {'extensions/one!': '', 'extensions/two!': '', 'extensions/folder/three!': ''}};
  const environment = await hollow(plan);
  const {process, processes, deeds, extensionNext, next, lines} = environment;
  expect(processes.map(({name}) => name)).toEqual(['one', 'two']);
  const one = await register(environment, 'one', []);
  expect(process('runtime')).toBeUndefined();
  const two = await register(environment, 'two', ['SHUTDOWN']);
  await eventually(() => process('runtime') !== undefined, 'the runtime starts');
  const inside = await register(environment, 'inside', ['INVOKE']);
  void next();
  for (const id of [one, two]) void extensionNext(id);
  // Registration closes with the runtime's first call.
  await expect.poll(() => environment.registerAs('late', '{}')).toMatchObject({status: 403});
  expect(environment.environment.state).toBe('init');
  void extensionNext(inside);
  await environment.init;
  expect(deeds).toEqual([]);
  expect(lines.slice(1)).toEqual([
    'EXTENSION\tName: one\tState: Ready\tEvents: []',
    'EXTENSION\tName: two\tState: Ready\tEvents: [SHUTDOWN]',
    'EXTENSION\tName: inside\tState: Ready\tEvents: [INVOKE]',
  ]);
});

test.each([
  ['waits at its gate until every extension has registered', {}, true, []],
  ['starts late where code of the function could run before the gate', {NODE_OPTIONS: '--no-warnings'}, false, []],
  ['starts late behind a wrapper', {AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrapper'}, false, ['/opt/wrapper']],
])('a managed runtime %s', async (_how, variables, gated, wrapper) => {
  const environment = await hollow({layers: outside, spec: {runtime: 'nodejs24.x', variables: {...variables}}});
  const {processes, process, deeds} = environment;
  if (gated) await eventually(() => processes.length === 2, 'the runtime starts at once');
  else expect(processes.map(({name}) => name)).toEqual(['outside']);
  expect(deeds).toEqual([]);
  await whenRegistered(environment);
  await eventually(() => process('runtime') !== undefined, 'the runtime starts');
  expect(process('runtime').command).toEqual([
    ...wrapper,
    'node',
    '/var/runtime/runtime-client.cjs',
    ...(gated ? ['--gated'] : []),
  ]);
  if (gated) await eventually(() => deeds.includes('release runtime'), 'the gate opens');
});

test('the magic file switches all extensions off', async () => {
  const {process, processes, next, init, lines} = await hollow({
    layers: {...outside, 'disable-extensions-jwigqn8j': ''},
  });
  void next();
  await init;
  expect(processes).toEqual([process('runtime')]);
  expect(lines).toHaveLength(1);
});

const wrapper = ['#!/bin/sh', 'echo "wrapped $#"', 'export WRAPPED=yes', 'exec "$@"'].join('\n');
const wrapped = {
  node: {'index.mjs': 'export const handler = async () => process.env.WRAPPED'},
  python: {'index.py': 'import os\ndef handler(event, context):\n    return os.environ["WRAPPED"]'},
};
const hasPython = spawnSync('python3', ['-V']).status === 0;

const sandbox = await sandboxForm();

describe(`processes in init (${sandbox})`, () => {
  let bench: Awaited<ReturnType<typeof lambdaBench>>;
  beforeAll(async () => {
    bench = await lambdaBench({sandbox, settings: {shutdownBudgetMs: {external: 500, internal: 500, none: 0}}});
  });
  afterAll(() => bench.close());

  test.each([
    ['of Node.js', wrapped.node, 'nodejs24.x', '/opt/wrapper', true],
    ['of Python', wrapped.python, 'python3.12', '/var/task/wrapper', hasPython],
  ] as const)('a wrapper starts the runtime %s', async (_which, code, runtime, path, can) => {
    if (!can) return;
    const layers = {'extensions/actor!': shellExtension, ...(path.startsWith('/opt') && {'wrapper!': wrapper})};
    const variables = {AWS_LAMBDA_EXEC_WRAPPER: path, ACTOR_START: 'echo starting'};
    const {environment, invoke, lines} = await bench.start({
      code: {...code, ...(path.startsWith('/var') && {'wrapper!': wrapper})},
      layers,
      spec: {runtime, variables},
    });
    expect((await invoke({})).json).toBe('yes');
    const places = ['starting', runtime.startsWith('node') ? 'wrapped 2' : 'wrapped 4'].map(text =>
      lines.indexOf(text),
    );
    expect(places[0]).toBeGreaterThan(0);
    expect(places[1]).toBeGreaterThan(places[0]!);
    await environment.shutdown('spindown');
  });

  test('an extension whose interpreter is missing cannot be launched', async () => {
    const {environment, lines} = await bench.start({
      code: shellRuntime,
      layers: {'extensions/outside!': '#!/nowhere/interpreter\n'},
      spec: {runtime: 'provided.al2023'},
    });
    expect(lines).toContain(line('LaunchError', '', '\tError Type: UnknownError'));
    expect(lines.at(-1)).toMatch(/^INIT_REPORT .*\tStatus: error\tError Type: Extension.LaunchError$/);
    await environment.shutdown('spindown');
  });
});
