import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventually, lambdaBench} from '../environment/lambda-bench.ts';
import {sandboxForm} from '../sandbox/sandbox-forms.ts';

const agent = 'fixture:third-party/agent';
const layers = {'extensions/agent!': agent, 'extensions/witness!': agent};
const code = {'bootstrap!': 'fixture:third-party/bootstrap'};
const plan = (variables: Record<string, string>, more: object = {}) => ({
  code,
  layers,
  spec: {runtime: 'provided.al2023', variables, ...more},
});

const sandbox = await sandboxForm();

describe(`an extension that ends too early (${sandbox})`, () => {
  let bench: Awaited<ReturnType<typeof lambdaBench>>;
  beforeAll(async () => {
    bench = await lambdaBench({sandbox, settings: {freeze: false}});
  });
  afterAll(() => bench.close());

  test.each([
    ['before-register', 3],
    ['after-register', 4],
    ['init-after-next', 5],
  ])('in init, %s: init fails, and so does the first invocation that tries again', async (mode, status) => {
    const {environment, lines, transitions, invoke} = await bench.start(plan({AGENT: mode, SLOW: '3'}));
    expect(lines.filter(line => line.startsWith('INIT_REPORT'))).toEqual([
      expect.stringMatching(/\tPhase: init\tStatus: error\tError Type: Extension.Crash$/),
    ]);
    expect(lines.filter(line => line.includes('SHUTDOWN '))).toEqual(['witness SHUTDOWN failure']);
    const {answer, json, lines: tail} = await invoke({});
    expect(answer.functionError).toBe('Unhandled');
    expect(json).toEqual({
      errorType: 'Extension.Crash',
      errorMessage: expect.stringMatching(new RegExp(`Error: exit status ${status}$`)),
    });
    expect(tail.filter(line => line.startsWith('INIT_REPORT'))).toEqual([
      expect.stringMatching(/\tPhase: invoke\tStatus: error\tError Type: Extension.Crash$/),
    ]);
    expect(tail.at(-1)).toMatch(/^REPORT .*\tStatus: error\tError Type: Extension.Crash$/);
    expect(transitions.map(({to, reason}) => [to, reason])).toEqual([
      ['shutting-down', 'failure'],
      ['ready', 'failure'],
      ['invoking', undefined],
      ['shutting-down', 'failure'],
      ['ready', 'failure'],
    ]);
    await environment.shutdown('spindown');
  });

  test.each([
    ['invoke', {do: 'hang'}, {errorType: 'Extension.Crash', errorMessage: expect.stringContaining('exit status 6')}],
    ['after-response', {value: 1}, {value: 1}],
  ])('in an invocation, %s: REPORT tells it, the others learn failure', async (mode, event, expected) => {
    const {environment, lines, transitions, invoke} = await bench.start(plan({AGENT: mode}));
    const {answer, json, lines: tail} = await invoke(event);
    expect(json).toEqual(expected);
    expect(answer.functionError).toBe(mode === 'invoke' ? 'Unhandled' : undefined);
    expect(tail.at(-1)).toMatch(/\tStatus: error\tError Type: Extension.Crash$/);
    expect(tail.join('\n')).not.toContain('INIT_REPORT');
    expect(transitions.at(-2)).toMatchObject({from: 'invoking', to: 'shutting-down', reason: 'failure'});
    expect(lines.filter(line => line.includes('SHUTDOWN '))).toEqual(['witness SHUTDOWN failure']);
    await environment.shutdown('spindown');
  });

  test('between invocations: the environment is reset, and the next invocation starts it again', async () => {
    const {environment, lines, transitions, invoke} = await bench.start(plan({AGENT: 'idle'}));
    expect((await invoke({value: 1})).json).toEqual({value: 1});
    await bench.writeTmp(environment, 'leave');
    await eventually(() => transitions.at(-2)?.reason === 'failure', 'the environment is reset');
    expect(lines.filter(line => line.includes('SHUTDOWN '))).toEqual(['witness SHUTDOWN failure']);
    const again = await invoke({value: 2});
    expect(again.json).toEqual({value: 2});
    expect(again.lines.at(-1)).not.toMatch(/Init Duration|Status/);
    await environment.shutdown('spindown');
  });

  test('at SHUTDOWN: the others still get theirs, and nothing is reported', async () => {
    const {environment, lines, transitions, invoke} = await bench.start(plan({AGENT: 'shutdown'}));
    await invoke({});
    await environment.shutdown('spindown');
    expect(lines.filter(line => line.includes('SHUTDOWN ')).sort()).toEqual([
      'agent SHUTDOWN spindown',
      'witness SHUTDOWN spindown',
    ]);
    expect(lines.join('\n')).not.toMatch(/Status:|INIT_REPORT/);
    expect(transitions.at(-1)).toMatchObject({to: 'gone', reason: 'spindown'});
  });
});
