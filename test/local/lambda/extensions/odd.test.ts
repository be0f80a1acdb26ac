import {createServer} from 'node:net';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {eventually, lambdaBench} from '../environment/lambda-bench.ts';
import {sandboxForm} from '../sandbox/sandbox-forms.ts';

const agent = 'fixture:third-party/agent';
const bootstrap = {'bootstrap!': 'fixture:third-party/bootstrap'};
const runtime = 'provided.al2023';

/** A port that nobody listens on. */
const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const {port} = server.address() as {port: number};
      server.close(() => resolve(port));
    });
  });

const sandbox = await sandboxForm();

describe(`an odd extension (${sandbox})`, () => {
  let bench: Awaited<ReturnType<typeof lambdaBench>>;
  beforeAll(async () => {
    bench = await lambdaBench({sandbox, prefix: 'odd-extensions-'});
  });
  afterAll(() => bench.close());

  test('finds what it and the bootstrap name below /opt and /var/task', async () => {
    const {environment, lines, invoke} = await bench.start({
      code: {...bootstrap, note: 'in-task'},
      layers: {
        'extensions/agent!': agent,
        'bin/tool!': '#!/bin/sh\necho "tool-with-$(cat "/opt/config")"\n',
        config: 'in-opt',
        'lib/agent.so': '\0\u0001/opt/config\0',
      },
      spec: {runtime, variables: {AGENT: 'paths'}},
    });
    expect(lines).toContain('config in-opt tool tool-with-in-opt task in-task');
    expect((await invoke({give: 'names'})).json).toBe('in-opt in-task');
    const told = () => bench.notices.filter(notice => notice.startsWith('/opt/lib/agent.so counts on'));
    if (sandbox === 'portable') await eventually(() => told().length === 1, 'the notice names the binary');
    else expect(bench.notices).toEqual([]);
    await environment.shutdown('spindown');
  });

  test('a fixed telemetry port at sandbox.localdomain, in three environments at once', async () => {
    const variables = {FIXED_PORT: String(await freePort()), FIXED_HOST: 'sandbox.localdomain'};
    if (sandbox === 'portable') variables.FIXED_HOST = '127.0.0.1';
    const plan = {
      code: bootstrap,
      layers: {'extensions/fixed-port.py!': 'fixture:third-party/fixed-port.py'},
      spec: {runtime, variables, timeoutMs: 20_000},
    };
    const first = await bench.start(plan);
    const others = sandbox === 'namespaces' ? await Promise.all([bench.start(plan), bench.start(plan)]) : [];
    for (const {invoke, lines} of [first, ...others]) {
      expect((await invoke({one: 1})).json).toEqual({one: 1});
      // What waits is delivered while the environment is not frozen: more events give it the time.
      const told = () => lines.some(line => line.startsWith('told of'));
      for (let event = 0; event < 100 && !told(); event += 1) await invoke({event});
      expect(told()).toBe(true);
    }
    if (sandbox === 'portable') {
      const second = await bench.start(plan);
      expect(second.lines.join('\n')).toMatch(/Address already in use/);
      expect(second.lines.find(line => line.startsWith('INIT_REPORT'))).toMatch(/Error Type: Extension.Crash$/);
      const advice = /^\/opt\/extensions\/fixed-port.py names sandbox.localdomain.*\/etc\/hosts/;
      await eventually(() => bench.notices.some(notice => advice.test(notice)), 'the notice tells what to do');
      await second.environment.shutdown('spindown');
    }
    await Promise.all([first, ...others].map(({environment}) => environment.shutdown('spindown')));
  });

  test('as a proxy of the Runtime API, with the wrapper script of its layer', async () => {
    const {environment, lines, invoke} = await bench.start({
      layers: {
        'extensions/proxy!': 'fixture:third-party/proxy',
        'through-proxy!': 'fixture:third-party/through-proxy',
      },
      spec: {variables: {AWS_LAMBDA_EXEC_WRAPPER: '/opt/through-proxy'}},
    });
    expect((await invoke({do: 'echo', value: 1})).json).toEqual({
      through: 'proxy',
      was: {event: {do: 'echo', value: 1}, count: 1},
    });
    expect((await invoke({do: 'echo'})).json).toMatchObject({was: {count: 2}});
    expect(lines.filter(line => line === 'a response passes')).toHaveLength(2);
    await environment.shutdown('spindown');
  });
});
