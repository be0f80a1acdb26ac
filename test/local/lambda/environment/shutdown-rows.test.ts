import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {isExhaustive} from '../../../support/tier.ts';
import {sandboxForm} from '../sandbox/sandbox-forms.ts';
import {listenHttp} from '../telemetry/listener.ts';
import {type HollowPlan, hollowEnvironment} from './hollow.ts';
import {eventually, lambdaBench, type Plan, type Started, shellExtension, shellRuntime} from './lambda-bench.ts';
import {register} from './speak-for.ts';

/** In ms. Whoever leaves early does so long before the end of the long budget. */
const short = 400;
const long = 20_000;
const share = 150;

type Hollow = Awaited<ReturnType<typeof hollowEnvironment>>;
const opened: Hollow[] = [];
afterEach(() => Promise.all(opened.splice(0).map(hollow => hollow.close())));

/** Without processes: a runtime and extensions that are ready, and what is done to them. */
async function ready(plan: HollowPlan & {events?: readonly string[]; internal?: readonly string[]} = {}) {
  const environment = await hollowEnvironment({
    ...plan,
    settings: {
      freeze: false,
      shutdownBudgetMs: {external: short, internal: short, none: 0},
      sigtermShareMs: {external: share, internal: share},
      ...plan.settings,
    },
  });
  opened.push(environment);
  const ids: string[] = [];
  for (const {name} of environment.processes.filter(process => process.name !== 'runtime')) {
    ids.push(await register(environment, name, plan.events ?? ['INVOKE', 'SHUTDOWN']));
  }
  for (const name of plan.internal ?? []) ids.push(await register(environment, name, []));
  await eventually(() => environment.process('runtime') !== undefined, 'the runtime starts');
  const parked = ids.map(id => environment.extensionNext(id));
  void environment.next();
  await environment.init;
  return {...environment, ids, parked};
}
const external = {'extensions/outside!': ''};

test.each([
  ['without an extension, the runtime is killed at once', {}, ['SIGKILL runtime']],
  ['with an internal one, it gets SIGTERM', {internal: ['inside']}, ['SIGTERM runtime']],
  [
    'with an internal one, a runtime that stays is killed',
    {internal: ['inside'], ignoresTerm: ['runtime']},
    ['SIGTERM runtime', 'SIGKILL runtime'],
  ],
  [
    'with an external one, the runtime gets SIGTERM, the extension SIGKILL at the end of the budget',
    {layers: external},
    ['SIGTERM runtime', 'SIGKILL outside'],
  ],
  [
    'with an external one, a runtime that stays is killed first',
    {layers: external, ignoresTerm: ['runtime']},
    ['SIGTERM runtime', 'SIGKILL runtime', 'SIGKILL outside'],
  ],
])('%s', async (_situation, plan, deeds) => {
  const environment = await ready(plan as HollowPlan);
  await environment.environment.shutdown('spindown');
  expect(environment.deeds).toEqual(deeds);
});

test('an extension that did not ask for SHUTDOWN is killed as soon as the runtime has gone', async () => {
  const {environment, deeds, parked} = await ready({
    layers: external,
    events: ['INVOKE'],
    settings: {shutdownBudgetMs: {external: long, internal: long, none: 0}},
  });
  const startedAt = performance.now();
  await environment.shutdown('spindown');
  expect(deeds).toEqual(['SIGTERM runtime', 'SIGKILL outside']);
  expect(performance.now() - startedAt).toBeLessThan(long / 2);
  await expect(parked[0]).rejects.toThrow();
});

test('an internal extension is never told of SHUTDOWN, and has a budget of its own', async () => {
  const {environment, deeds, parked} = await ready({
    internal: ['inside'],
    settings: {shutdownBudgetMs: {external: long, internal: 0, none: long}},
  });
  await environment.shutdown('spindown');
  expect(deeds).toEqual(['SIGTERM runtime']);
  await expect(parked[0]).rejects.toThrow();
});

/** With an extension that gets telemetry only when it is flushed. */
async function listening(plan: HollowPlan = {}) {
  const inbox = await listenHttp();
  const environment = await hollowEnvironment({layers: external, settings: {freeze: false}, ...plan});
  const close = async () => {
    await environment.close();
    await inbox.close();
  };
  opened.push({...environment, close});
  const id = await register(environment, 'outside', ['SHUTDOWN']);
  const subscribed = await environment.call('PUT', '/2022-07-01/telemetry', {
    headers: {'Lambda-Extension-Identifier': id},
    body: JSON.stringify({
      schemaVersion: '2022-07-01',
      types: ['platform'],
      buffering: {timeoutMs: 30_000},
      destination: {protocol: 'HTTP', URI: `http://sandbox.localdomain:${inbox.port}/`},
    }),
  });
  expect(subscribed.status).toBe(200);
  const parked = environment.extensionNext(id);
  await eventually(() => environment.process('runtime') !== undefined, 'the runtime starts');
  const event = environment.next();
  await environment.init;
  expect(inbox.events).toEqual([]);
  return {...environment, inbox, parked, event};
}

test('SHUTDOWN comes when the runtime has gone and the rest of telemetry was delivered', async () => {
  const {environment, parked, deeds, inbox, process} = await listening({ignoresTerm: ['runtime']});
  const ended = environment.shutdown('spindown');
  await parked;
  expect(deeds).toEqual(['SIGTERM runtime', 'SIGKILL runtime']);
  expect(inbox.events.at(-1)?.type).toBe('platform.initReport');
  process('outside').end({code: 0});
  await ended;
});

test('ended under an invocation, its report is written and delivered before SHUTDOWN', async () => {
  const {environment, parked, inbox, process, event, invoke, lines} = await listening();
  const invoked = invoke({});
  await event;
  const ended = environment.shutdown('spindown');
  const {json, answer, answeredIn} = await invoked;
  expect(json).toEqual({
    errorType: 'Sandbox.Failure',
    errorMessage: expect.stringMatching(/ Error: The execution environment was stopped$/),
  });
  expect([answer.functionError, answeredIn]).toEqual(['Unhandled', 'shutting-down']);
  expect(JSON.parse((await parked).text)).toMatchObject({shutdownReason: 'spindown'});
  expect(lines.at(-1)).toMatch(/^REPORT .*\tStatus: error\tError Type: Sandbox.Failure$/);
  expect(inbox.events.slice(-3).map(({type}) => type)).toEqual([
    'platform.start',
    'platform.runtimeDone',
    'platform.report',
  ]);
  expect(inbox.events.at(-1)?.record).toMatchObject({status: 'failure', errorType: 'Sandbox.Failure'});
  process('outside').end({code: 0});
  await ended;
  expect(environment.state).toBe('gone');
});

test.each([
  ['before the processes start again', 1],
  ['while they start again', 2],
])('ended under an invocation, %s, its caller is answered', async (_when, started) => {
  const environment = await hollowEnvironment();
  opened.push(environment);
  const {init, invoke, process, processes, lines} = environment;
  process('runtime').end({code: 1});
  await init;
  const invoked = invoke({});
  if (started > 1) await eventually(() => processes.length === started, 'the runtime starts again');
  await environment.environment.shutdown('spindown');
  expect((await invoked).json).toMatchObject({errorType: 'Sandbox.Failure'});
  expect(lines.at(-1)).toMatch(/^REPORT .*\tStatus: error\tError Type: Sandbox.Failure$/);
  expect(processes).toHaveLength(started);
});

test('calling next after SHUTDOWN waits for ever, only the end of the process counts', async () => {
  const {environment, ids, parked, extensionNext, deeds} = await ready({layers: external});
  const ended = environment.shutdown('spindown');
  expect(JSON.parse((await parked[0]!).text)).toMatchObject({eventType: 'SHUTDOWN'});
  const again = extensionNext(ids[0]);
  await ended;
  await expect(again).rejects.toThrow();
  expect(deeds.at(-1)).toBe('SIGKILL outside');
});

/** What an extension of the fixture was told, and when (epoch ms). */
function toldOf(lines: readonly string[], name: string) {
  return lines.flatMap(line => {
    const found = new RegExp(`^${name} (\\{.*\\}) at (\\d+)$`).exec(line);
    if (!found) return [];
    const event = JSON.parse(found[1]!) as {eventType: string; shutdownReason?: string; deadlineMs: number};
    return [{...event, at: Number(found[2])}];
  });
}

type Ending = {
  situation: string;
  variables: Record<string, string>;
  extensions: readonly string[];
  budgetMs: number;
  /** What runs before the shutdown. */
  event?: string;
  /** Left to the exhaustive tier: the fast one has a twin of it, without processes or in another file. */
  hasTwin?: true;
  check(ended: Started & {startedAt: number; tookMs: number}): void;
};

const endings: Ending[] = [
  {
    situation: 'without an extension the runtime hears nothing',
    hasTwin: true,
    variables: {RUNTIME_TERM: 'echo "runtime got SIGTERM"; exit 0'},
    extensions: [],
    budgetMs: long,
    check: ({lines, tookMs}) => {
      expect(lines).not.toContain('runtime got SIGTERM');
      expect(tookMs).toBeLessThan(long / 2);
    },
  },
  {
    situation: 'the runtime hears SIGTERM before the extension hears SHUTDOWN, which may leave at once',
    variables: {RUNTIME_TERM: 'echo "runtime got SIGTERM"; exit 0'},
    extensions: ['actor'],
    budgetMs: long,
    check: ({lines, startedAt, tookMs}) => {
      const [told] = toldOf(lines, 'actor');
      expect(told).toMatchObject({eventType: 'SHUTDOWN', shutdownReason: 'spindown'});
      expect(lines.indexOf('runtime got SIGTERM')).toBeLessThan(lines.findIndex(line => line.startsWith('actor ')));
      expect(told!.deadlineMs - startedAt).toBeGreaterThanOrEqual(long - 1);
      expect(told!.deadlineMs - long).toBeLessThanOrEqual(told!.at);
      expect(tookMs).toBeLessThan(long / 2);
    },
  },
  {
    situation: 'a runtime that ignores SIGTERM takes its share from the extension',
    variables: {RUNTIME_TERM: ''},
    extensions: ['actor'],
    budgetMs: long,
    check: ({lines}) => {
      const [told] = toldOf(lines, 'actor');
      expect(told!.deadlineMs - told!.at).toBeLessThanOrEqual(long - share + 2);
    },
  },
  {
    situation: 'extensions never get SIGTERM, nor SHUTDOWN when they did not ask for it',
    hasTwin: true,
    variables: {ACTOR_EVENTS: '["INVOKE"]', WITNESS_EVENTS: '["SHUTDOWN"]'},
    extensions: ['actor', 'witness'],
    budgetMs: long,
    event: '',
    check: ({lines, tookMs}) => {
      expect(toldOf(lines, 'actor').map(({eventType}) => eventType)).toEqual(['INVOKE']);
      expect(toldOf(lines, 'witness').map(({eventType}) => eventType)).toEqual(['SHUTDOWN']);
      expect(lines.filter(line => line.includes('got SIGTERM'))).toEqual([]);
      expect(tookMs).toBeLessThan(long / 2);
    },
  },
  {
    situation: 'an extension that only asks for the next event is ended with the budget',
    hasTwin: true,
    variables: {ACTOR_SHUTDOWN: ':'},
    extensions: ['actor'],
    budgetMs: short,
    check: ({lines, tookMs}) => {
      expect(toldOf(lines, 'actor')).toHaveLength(1);
      expect(tookMs).toBeGreaterThanOrEqual(short - 2);
    },
  },
  {
    situation: 'an extension that takes its time is ended with the budget',
    hasTwin: true,
    variables: {ACTOR_SHUTDOWN: 'sleep 60'},
    extensions: ['actor'],
    budgetMs: short,
    check: ({tookMs}) => {
      expect(tookMs).toBeGreaterThanOrEqual(short - 2);
      expect(tookMs).toBeLessThan(long);
    },
  },
];

type Reset = {
  situation: string;
  hasTwin?: true;
  variables: Record<string, string>;
  event?: string;
  timeoutMs?: number;
  /** What the witness is told, and the last change of state. */
  reason: 'timeout' | 'failure';
};

/** Which reason when; `spindown` is above. What else ends an invocation is asserted with what its caller sees. */
const resets: Reset[] = [
  {situation: 'the runtime ends in init', hasTwin: true, variables: {RUNTIME_START: 'exit 3'}, reason: 'failure'},
  {
    situation: 'an extension ends in init',
    variables: {
      WITNESS_REGISTERED: 'touch "$tmp/here"',
      ACTOR_REGISTERED: 'while [ ! -e "$tmp/here" ]; do sleep 0.02; done; exit 3',
    },
    reason: 'failure',
  },
  {situation: 'init takes too long', hasTwin: true, variables: {RUNTIME_START: 'sleep 60'}, reason: 'timeout'},
  {
    situation: 'the runtime ends between two events',
    variables: {RUNTIME_START: '{ while [ ! -e "$tmp/go" ]; do sleep 0.02; done; kill -KILL $$; } &'},
    event: 'answer 1; touch "$tmp/go"',
    reason: 'failure',
  },
  {
    situation: 'an event takes too long, and a busy extension comes back within the budget',
    variables: {
      RUNTIME_TERM: 'touch "$tmp/ended"; exit 0',
      WITNESS_INVOKE: 'while [ ! -e "$tmp/ended" ]; do sleep 0.02; done',
    },
    event: 'sleep 60',
    timeoutMs: 1_000,
    reason: 'timeout',
  },
];

const chosen = (row: Ending | Reset) => isExhaustive || !row.hasTwin;
const sandbox = await sandboxForm();

describe(`the end of an environment (${sandbox})`, () => {
  const benches = new Map<'endings' | 'resets' | 'short', Awaited<ReturnType<typeof lambdaBench>>>();
  beforeAll(async () => {
    for (const name of ['endings', 'resets', 'short'] as const) {
      const budgetMs = name === 'short' ? short : long;
      const settings = {
        initLimitMs: name === 'resets' ? 2_000 : long,
        freeze: false,
        shutdownBudgetMs: {external: budgetMs, internal: budgetMs, none: 0},
        sigtermShareMs: {external: share, internal: share},
      };
      benches.set(name, await lambdaBench({sandbox, settings}));
    }
  });
  afterAll(() => Promise.all([...benches.values()].map(bench => bench.close())));

  const planOf = (extensions: readonly string[], variables: Record<string, string>, timeoutMs = long): Plan => ({
    code: shellRuntime,
    layers: Object.fromEntries(extensions.map(name => [`extensions/${name}!`, shellExtension])),
    spec: {runtime: 'provided.al2023', timeoutMs, variables},
  });

  test.concurrent.each(endings.filter(chosen))(
    '$situation',
    async ({variables, extensions, budgetMs, event, check}) => {
      const started = await benches.get(budgetMs === short ? 'short' : 'endings')!.start(planOf(extensions, variables));
      expect(started.lines.filter(line => line.startsWith('INIT_REPORT'))).toEqual([]);
      if (event !== undefined) await started.invoke(event);
      const startedAt = Date.now();
      const from = performance.now();
      await started.environment.shutdown('spindown');
      check({...started, startedAt, tookMs: performance.now() - from});
      expect(started.environment.state).toBe('gone');
    },
  );

  test.concurrent.each(resets.filter(chosen))('$reason: $situation', async ({variables, event, timeoutMs, reason}) => {
    const {environment, lines, transitions, invoke} = await benches
      .get('resets')!
      .start(planOf(['actor', 'witness'], variables, timeoutMs));
    if (event !== undefined) await invoke(event);
    const told = () => toldOf(lines, 'witness').filter(({eventType}) => eventType === 'SHUTDOWN');
    await eventually(() => told().length > 0 && environment.state === 'ready', 'the end of the reset');
    expect(told().map(({shutdownReason}) => shutdownReason)).toEqual([reason]);
    expect(transitions.at(-2)).toMatchObject({to: 'shutting-down', reason});
    await environment.shutdown('spindown');
  });
});
