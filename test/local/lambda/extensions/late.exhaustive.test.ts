import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {lambdaBench} from '../environment/lambda-bench.ts';
import {sandboxForm} from '../sandbox/sandbox-forms.ts';

const agent = 'fixture:third-party/agent';
const bootstrap = {'bootstrap!': 'fixture:third-party/bootstrap'};
const runtime = 'provided.al2023';
const sandbox = await sandboxForm();

describe(`an extension or a runtime that is late or stays (${sandbox})`, () => {
  let bench: Awaited<ReturnType<typeof lambdaBench>>;
  /** One that waits only a moment for init. */
  let hasty: typeof bench;
  beforeAll(async () => {
    hasty = await lambdaBench({sandbox, prefix: 'late-', settings: {initLimitMs: 500}});
    bench = await lambdaBench({
      sandbox,
      prefix: 'late-',
      settings: {
        shutdownBudgetMs: {external: 600, internal: 500, none: 0},
        sigtermShareMs: {external: 100, internal: 100},
      },
    });
  });
  afterAll(() => Promise.all([bench.close(), hasty.close()]));

  test.each([
    ['within its time', 'late-0.3', 0],
    ['too late', 'late-0.8', 1],
  ])('registers late, %s', async (_, mode, timeouts) => {
    const {environment, lines, invoke} = await (timeouts > 0 ? hasty : bench).start({
      code: bootstrap,
      layers: {'extensions/agent!': agent},
      spec: {runtime, variables: {AGENT: mode}},
    });
    const reports = lines.filter(line => line.startsWith('INIT_REPORT'));
    expect(reports).toHaveLength(timeouts);
    for (const report of reports) expect(report).toMatch(/\tPhase: init\tStatus: timeout$/);
    const {json, lines: tail} = await invoke({value: 1});
    expect(json).toEqual({value: 1});
    expect(/Init Duration/.test(tail.at(-1)!)).toBe(timeouts === 0);
    await environment.shutdown('spindown');
  });

  test('registers nothing at all: init is over its limit, and the first invocation over its own', async () => {
    const {environment, lines, transitions, invoke} = await hasty.start({
      code: bootstrap,
      layers: {'extensions/agent!': agent},
      spec: {runtime, timeoutMs: 600, variables: {AGENT: 'nothing'}},
    });
    expect(lines.find(line => line.startsWith('INIT_REPORT'))).toMatch(/\tPhase: init\tStatus: timeout$/);
    const {json, lines: tail} = await invoke({});
    expect(json).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/Task timed out after 0.60 seconds$/),
    });
    expect(tail.filter(line => line.startsWith('INIT_REPORT'))).toEqual([
      expect.stringMatching(/\tPhase: invoke\tStatus: timeout$/),
    ]);
    expect(tail.at(-1)).toMatch(/\tStatus: timeout$/);
    expect(transitions.at(-2)).toMatchObject({to: 'shutting-down', reason: 'timeout'});
    await environment.shutdown('spindown');
  });

  test('a runtime deaf to SIGTERM and an extension that stays are killed at the end of the budget', async () => {
    const {environment, lines, transitions} = await bench.start({
      code: bootstrap,
      layers: {'extensions/agent!': agent},
      spec: {runtime, variables: {AGENT: 'stay', DEAF: 'yes'}},
    });
    const startedAt = Date.now();
    await environment.shutdown('spindown');
    expect(Date.now() - startedAt).toBeGreaterThan(590);
    expect(lines).toContain('agent SHUTDOWN spindown');
    expect(transitions.at(-1)).toMatchObject({to: 'gone', reason: 'spindown'});
  });

  test('exit status 128 and 200 of a runtime are not taken for signals', async () => {
    const {environment, invoke} = await bench.start({code: bootstrap, spec: {runtime}});
    for (const code of [128, 200]) {
      expect((await invoke({code})).json).toMatchObject({
        errorMessage: expect.stringContaining(`Runtime exited with error: exit status ${code}`),
      });
    }
    await environment.shutdown('spindown');
  });
});
