import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {CodeStore} from '../../../../src/local/lambda/code/code-store.ts';
import {demoFunction, lambdaBench} from '../environment/lambda-bench.ts';
import {zipOf} from '../service/call.ts';
import {sandboxForm} from './sandbox-forms.ts';

const hostile: Record<string, string> = {
  NODE_OPTIONS: '--require /nowhere/hostile.js',
  NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem',
  NODE_PATH: '/nowhere',
  AWS_PROFILE: 'production',
  AWS_ACCESS_KEY_ID: 'AKIAREAL',
  AWS_SECRET_ACCESS_KEY: 'real',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://nowhere.invalid',
  HOME: '/nowhere',
  LD_LIBRARY_PATH: '/nowhere',
  LD_PRELOAD: '/nowhere.so',
  PYTHONSTARTUP: '/nowhere/start.py',
  PYTHONPATH: '/nowhere',
  BASH_ENV: '/nowhere/bash.sh',
  ENV: '/nowhere/sh.sh',
  HTTP_PROXY: 'http://nowhere.invalid',
  http_proxy: 'http://nowhere.invalid',
};

/** What an extension is given. */
const shared = [
  ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
  ...['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_EC2_METADATA_DISABLED', 'AWS_ENDPOINT_URL'],
  ...['AWS_REGION', 'AWS_DEFAULT_REGION'],
  ...['AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
  ...['AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_RUNTIME_API'],
  ...['PATH', 'LD_LIBRARY_PATH', 'LANG', 'TZ'],
  // Ours: how everything is found at the end. PWD is the shell's, through which all is started.
  ...['LIFECYCLE_SANDBOX', 'PWD'],
];
const portableOnly = ['TMPDIR', 'NODE_OPTIONS'];
/** What the runtime is given besides. */
const ofRuntime = [
  ...['AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME'],
  ...['LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT', 'NODE_PATH', '_HANDLER'],
];
const ofManaged = ['AWS_EXECUTION_ENV', '_X_AMZN_TRACE_ID'];

const pythonFunction = {
  'index.py': 'import os\ndef handler(event, context):\n    return {"variables": dict(os.environ)}\n',
};

const sandbox = await sandboxForm();

describe(`nothing of the user's is inherited (${sandbox})`, () => {
  let bench: Awaited<ReturnType<typeof lambdaBench>>;
  const before = {...process.env};
  beforeAll(async () => {
    Object.assign(process.env, hostile);
    bench = await lambdaBench({sandbox});
  });
  afterAll(async () => {
    await bench.close();
    for (const name of Object.keys(hostile)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });

  test.each([
    ['nodejs24.x', demoFunction],
    ['python3.12', pythonFunction],
  ])('%s and an extension see the documented variables, and no others', async (runtime, code) => {
    const {environment, lines, invoke} = await bench.start({
      code,
      layers: {'extensions/watcher!': 'fixture:extensions/watcher'},
      spec: {runtime, variables: {EXT: 'variables'}},
    });
    const inside = ((await invoke({do: 'variables'})).json as {variables: Record<string, string>}).variables;
    const told = lines.find(line => line.startsWith('variables '))!;
    const extension = JSON.parse(told.slice('variables '.length)) as Record<string, string>;
    const common = [...shared, ...(sandbox === 'portable' ? portableOnly : []), 'EXT'];
    expect(Object.keys(extension).sort()).toEqual([...common].sort());
    // Python tells the C library its locale by itself.
    const seen = Object.keys(inside).filter(name => name !== 'LC_CTYPE');
    expect(seen.sort()).toEqual([...common, ...ofRuntime, ...ofManaged].sort());
    for (const [name, value] of Object.entries(hostile)) {
      expect([inside[name], extension[name]]).not.toContain(value);
    }
    await environment.shutdown('spindown');
  });

  test("the customer's NODE_OPTIONS hold, for function and extension", async () => {
    const {environment, invoke} = await bench.start({
      layers: {'extensions/watcher!': 'fixture:extensions/watcher'},
      spec: {variables: {NODE_OPTIONS: '--title="of the customer"'}},
    });
    const inside = (await invoke({do: 'variables'})).json as {variables: Record<string, string>};
    expect(inside.variables.NODE_OPTIONS).toMatch(/(^| )--title="of the customer"$/);
    await environment.shutdown('spindown');
  });
});

describe('the module format of what is unpacked', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'module-format-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  });
  afterEach(() => rm(folder, {recursive: true, force: true}));

  test('is not that of a project above, for one layer, several, and rewritten ones', async () => {
    const store = new CodeStore(join(folder, 'code'), 100_000);
    const script = '#!/usr/bin/env node\nconsole.log(typeof require, __filename);\n';
    const one = await store.add(await zipOf({'extensions/commonjs': script, 'lib.js': 'module.exports = 1;'}));
    const two = await store.add(await zipOf({'extensions/other': script}));
    const run = promisify(execFile);
    for (const layers of [[one], [one, two]]) {
      const {stdout} = await run(process.execPath, [join(await store.merge(layers), 'extensions/commonjs')]);
      expect(stdout).toMatch(/^function /);
      const lib = join(await store.merge(layers), 'lib.js');
      expect(
        (await run(process.execPath, ['-e', `console.log(String(require(${JSON.stringify(lib)})))`])).stdout.trim(),
      ).toBe('1');
    }
    const bench = await lambdaBench({sandbox: 'portable', prefix: 'module-format-bench-'});
    await writeFile(join(bench.folder, 'package.json'), '{"type":"module"}');
    const {lines, environment} = await bench.start({
      code: {'bootstrap!': 'fixture:third-party/bootstrap'},
      layers: {
        'extensions/old!': "#!/usr/bin/env node\nconsole.log(typeof require, '/opt/x'); process.exit(1);\n",
        'extensions/sub/ignored!': '#!/bin/sh\nexit 1\n',
      },
      spec: {runtime: 'provided.al2023'},
    });
    expect(lines.join('\n')).toMatch(/^function .*\/opt\/x$/m);
    expect(lines.join('\n')).not.toContain('ignored');
    await environment.shutdown('spindown');
    await bench.close();
  });
});

describe('sandbox-names', () => {
  test.each([
    ['a callback', "require('dns').lookup('sandbox.localdomain', (error, address) => console.log(error ?? address))"],
    ['a promise', "require('dns/promises').lookup('Sandbox').then(({address}) => console.log(address), console.log)"],
    [
      'promisify',
      "require('util').promisify(require('dns').lookup)('sandbox').then(({address}) => console.log(address), console.log)",
    ],
    [
      'an import',
      "import('node:dns').then(({lookup}) => lookup('sandbox', {all: true}, (error, [one]) => console.log(one.address)))",
    ],
    [
      'listen and connect',
      "const s = require('net').createServer(c => c.end()).listen(0, 'sandbox', () => require('net').connect(s.address().port, 'sandbox.localdomain', () => {console.log(s.address().address); process.exit()}))",
    ],
  ])('%s finds the loopback address', async (_, program) => {
    const hook = new URL(import.meta.resolve('#built/sandbox-names.cjs')).pathname;
    const {stdout} = await promisify(execFile)(process.execPath, ['--require', hook, '-e', program]);
    expect(stdout.trim()).toBe('127.0.0.1');
  });
});
