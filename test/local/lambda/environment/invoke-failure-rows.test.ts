import {spawnSync} from 'node:child_process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ShutdownReason} from '../../../../src/local/lambda/environment/environment.ts';
import {isExhaustive} from '../../../support/tier.ts';
import {sandboxForm} from '../sandbox/sandbox-forms.ts';
import {
  demoFunction,
  lambdaBench,
  type Plan,
  type Started,
  shellExtension,
  shellRuntime,
  watcher,
} from './lambda-bench.ts';

/** Of the function, in ms: where it is to pass, and where it is not. */
const soon = 1_500;
const timeoutMs = 20_000;

type Row = {
  situation: string;
  /** Rows with the same one share an environment, one after the other. */
  plan: Plan;
  event: unknown;
  /** Left to the exhaustive tier: it differs little from another row, and needs an environment of its own. */
  hasTwin?: true;
  /** Shell for the first extension, run at the event. */
  actor?: string;
  /** What the caller sees. */
  caller: {json: unknown; functionError?: 'Unhandled'};
  /** The end of the REPORT line. */
  report: RegExp;
  /** Of the reset, as the surviving extension is told; none when the environment is kept. */
  reason?: ShutdownReason;
};

/** Two extensions: one acts, the other one is there to be told of the reset. */
const shellFor = (limitMs: number): Plan => ({
  code: shellRuntime,
  layers: {'extensions/actor!': shellExtension, 'extensions/witness!': shellExtension},
  spec: {runtime: 'provided.al2023', timeoutMs: limitMs, variables: {ACTOR_INVOKE: '. "$tmp/actor"'}},
});
const shell = shellFor(timeoutMs);
const witnessed = {'extensions/witness!': shellExtension};
const node: Plan = {code: demoFunction, layers: witnessed, spec: {timeoutMs}};
const python: Plan = {
  code: {
    'app.py': [
      'import os',
      'def handler(event, context):',
      '    if event.get("signal"): os.kill(os.getpid(), event["signal"])',
      '    if "code" in event: os._exit(event["code"])',
      '    raise KeyError("missing")',
    ].join('\n'),
  },
  layers: witnessed,
  spec: {runtime: 'python3.12', handler: 'app.handler', timeoutMs},
};

const unhandled = (errorType: string, message: string) => ({
  json: {errorType, errorMessage: expect.stringMatching(new RegExp(`^RequestId: [0-9a-f-]{36} Error: ${message}$`))},
  functionError: 'Unhandled' as const,
});
const runtimeExit = (message: string) => ({
  caller: unhandled('Runtime.ExitError', message),
  report: /\tStatus: error\tError Type: Runtime.ExitError$/,
  reason: 'failure' as const,
});
const extensionExit = (errorType: string, message: string) => ({
  caller: unhandled(errorType, message),
  report: new RegExp(`\tStatus: error\tError Type: ${errorType}$`),
  reason: 'failure' as const,
});
const timedOut = {
  caller: unhandled('Sandbox.Timedout', 'Task timed out after 1.50 seconds'),
  report: /Duration: 1500.00 ms\tBilled Duration: \d+ ms\t.*\tStatus: timeout$/,
  reason: 'timeout' as const,
};
const success = /Memory Size: 256 MB\t(Max Memory Used: \d+ MB\t)?(Init Duration: [\d.]+ ms\t)?$/;
/** The runtime answers before the extension does what it does. */
const early = `answer '"early"'; touch "$tmp/answered"`;
const onceAnswered = 'until rm "$tmp/answered" 2>/dev/null; do sleep 0.02; done';

const rows: Row[] = [
  {
    situation: 'the function answers with an error',
    plan: shell,
    event: `fail '{"errorType":"Mine","errorMessage":"no","more":1}'`,
    caller: {json: {errorType: 'Mine', errorMessage: 'no', more: 1}, functionError: 'Unhandled'},
    report: success,
  },
  {
    situation: 'a Node.js function throws',
    plan: node,
    event: {do: 'fail'},
    caller: {
      json: {
        errorType: 'RangeError',
        errorMessage: 'out of it',
        trace: expect.arrayContaining(['RangeError: out of it']),
      },
      functionError: 'Unhandled',
    },
    report: success,
  },
  {
    situation: 'a Python function raises',
    plan: python,
    event: {},
    caller: {
      json: {
        errorType: 'KeyError',
        errorMessage: "'missing'",
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        stackTrace: [expect.stringContaining('KeyError')],
      },
      functionError: 'Unhandled',
    },
    report: success,
  },
  {situation: 'the function takes too long', plan: shellFor(soon), event: 'sleep 60', ...timedOut},
  {
    situation: 'the runtime ends with a code',
    plan: shell,
    event: 'exit 3',
    ...runtimeExit('Runtime exited with error: exit status 3'),
  },
  {
    situation: 'a Node.js function ends its process',
    plan: node,
    event: {do: 'exit', code: 7},
    ...runtimeExit('Runtime exited with error: exit status 7'),
  },
  {
    situation: 'a Python function ends its process',
    plan: python,
    event: {code: 7},
    ...runtimeExit('Runtime exited with error: exit status 7'),
  },
  {
    situation: 'the runtime ends with 0',
    plan: shell,
    event: 'exit 0',
    ...runtimeExit('Runtime exited without providing a reason'),
  },
  {
    situation: 'the runtime ends with a code that could be a signal',
    plan: shell,
    event: 'exit 137',
    ...runtimeExit('Runtime exited with error: exit status 137'),
  },
  {
    situation: 'the runtime is killed',
    plan: shell,
    event: 'kill -KILL $$',
    ...runtimeExit('Runtime exited with error: signal: killed'),
  },
  {
    situation: 'a Python function is ended by SIGTERM',
    plan: python,
    event: {signal: 15},
    ...runtimeExit('Runtime exited with error: signal: terminated'),
  },
  {
    situation: 'an extension ends with a code',
    plan: shell,
    actor: 'exit 9',
    event: 'sleep 60',
    ...extensionExit('Extension.Crash', 'exit status 9'),
  },
  {
    situation: 'an extension ends with 0',
    plan: shell,
    actor: 'exit 0',
    event: 'sleep 60',
    ...extensionExit('Extension.Crash', 'exit code 0'),
  },
  {
    situation: 'an extension is killed',
    plan: shell,
    actor: 'kill -KILL $$',
    event: 'sleep 60',
    ...extensionExit('Extension.Crash', 'signal: killed'),
  },
  {
    situation: 'a Node.js extension ends',
    hasTwin: true,
    plan: {code: shellRuntime, layers: {...watcher, ...witnessed}, spec: {...shell.spec, variables: {EXT: 'crash'}}},
    event: 'sleep 60',
    ...extensionExit('Extension.Crash', 'exit status 9'),
  },
  {
    situation: 'an extension ends after exit/error',
    plan: shell,
    actor: 'report exit Extension.Reason; exit 1',
    event: 'sleep 60',
    ...extensionExit('Extension.ExitError', 'exit status 1'),
  },
  {
    situation: 'an extension reports exit/error and stays',
    plan: shellFor(soon),
    actor: 'report exit Extension.Reason; sleep 60',
    event: 'sleep 60',
    ...timedOut,
  },
  {
    situation: 'the response is too large',
    plan: shell,
    event: `answer "$(printf '%02001d' 0)"`,
    caller: {
      json: {
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size (2001 bytes) exceeded maximum allowed payload size (2000 bytes).',
      },
      functionError: 'Unhandled',
    },
    report: success,
  },
  {
    situation: 'the runtime ends after the response',
    plan: shell,
    event: `answer '"early"'; exit 5`,
    caller: {json: 'early'},
    report: /\tStatus: error\tError Type: Runtime.ExitError$/,
    reason: 'failure',
  },
  {
    situation: 'an extension ends after the response',
    plan: shell,
    actor: `${onceAnswered}; exit 9`,
    event: early,
    caller: {json: 'early'},
    report: /\tStatus: error\tError Type: Extension.Crash$/,
    reason: 'failure',
  },
  {
    situation: 'an extension is busy at the deadline, after the response',
    plan: shellFor(3_000),
    actor: 'sleep 60',
    event: early,
    caller: {json: 'early'},
    report: /Duration: 3000.00 ms\t.*\tStatus: timeout$/,
    reason: 'timeout',
  },
  {
    situation: 'an extension is busy at the deadline, and the function too',
    hasTwin: true,
    plan: shellFor(soon),
    actor: 'sleep 60',
    event: 'sleep 60',
    ...timedOut,
  },
];

const hasPython = spawnSync('python3', ['-V']).status === 0;
const runnable = rows.filter(row => (row.plan !== python || hasPython) && (isExhaustive || !row.hasTwin));
/** Those that take their time first: the others run beside them. */
const groups = [...new Set(runnable.map(({plan}) => plan))]
  .map(plan => runnable.filter(row => row.plan === plan))
  .sort(([one], [other]) => Number(other!.reason === 'timeout') - Number(one!.reason === 'timeout'));
const sandbox = await sandboxForm();

describe.concurrent(`a failure while an event is at work (${sandbox})`, () => {
  let bench: Awaited<ReturnType<typeof lambdaBench>>;
  beforeAll(async () => {
    const shutdownBudgetMs = {external: 500, internal: 500, none: 0};
    const settings = {responseLimitBytes: 2_000, shutdownBudgetMs, freeze: false};
    bench = await lambdaBench({sandbox, settings});
  });
  afterAll(() => bench.close());

  describe.each(groups.map(group => [group]))('in one environment', group => {
    let shared: Started;
    beforeAll(async () => {
      shared = await bench.start(group[0]!.plan);
    });
    afterAll(() => shared.environment.shutdown('spindown'));

    test.sequential.each(group)('$situation', async ({event, actor = '', caller, report, reason}) => {
      const {environment, invoke} = shared;
      // Each finds it as it is after init: a reset one starts again with the next event.
      await bench.writeTmp(environment, 'actor');
      if (shared.transitions.at(-1)?.reason) await invoke('');
      await bench.writeTmp(environment, 'actor', actor);
      const before = {transitions: shared.transitions.length, lines: shared.lines.length};
      const {json, answer, answeredIn, lines: tail} = await invoke(event);
      expect({json, functionError: answer.functionError}).toEqual({functionError: undefined, ...caller});
      // Whatever becomes of the environment, the caller does not wait for it.
      expect(answeredIn).toBe('invoking');
      expect(tail.at(-1)).toMatch(report);
      expect(environment.state).toBe('ready');
      const transitions = shared.transitions.slice(before.transitions);
      const resets = transitions.filter(({to}) => to === 'shutting-down').map(transition => transition.reason);
      expect(resets).toEqual(reason ? [reason] : []);
      const lines = shared.lines.slice(before.lines);
      const told = lines.flatMap(line => /^witness .*"shutdownReason":"(\w+)"/.exec(line)?.[1] ?? []);
      expect(told).toEqual(reason ? [reason] : []);
    });
  });
});
