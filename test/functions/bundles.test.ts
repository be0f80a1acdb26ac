import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {buildAssets} from '../../src/assets/build.ts';
import {readZip} from '../assets/read-zip.ts';
import {version1} from './events/version-1.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let folder: string;
let running: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'functions-'));
  await buildAssets({root, outFolder: folder});
  for (const name of ['target', 'authorizer']) {
    const [entry] = await readZip(join(folder, `${name}.zip`));
    await writeFile(join(folder, `${name}.mjs`), entry?.bytes ?? '');
  }
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
});
afterAll(() => rm(folder, {recursive: true, force: true}));

/** Calls the bundled handler once in a process of its own, as a runtime does; the result is the last line. */
function invoke(name: string, event: object, variables: Record<string, string> = {}) {
  const context = {awsRequestId: 'request-1', logStreamName: 'stream-1'};
  const script = `
    const {handler} = await import(${JSON.stringify(join(folder, `${name}.mjs`))});
    console.log(JSON.stringify(await handler(${JSON.stringify(event)}, {...${JSON.stringify(context)}, getRemainingTimeInMillis: () => 100})));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: {TMPDIR: folder, ...variables},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const exit = new Promise<number | null>(resolve => child.on('close', resolve));
  const lines = text(child.stdout).then(output => output.trimEnd().split('\n'));
  return {child, exit, lines};
}

test('the target answers a proxy event with its log lines, headers and page', async () => {
  const [first, second, third, last] = await invoke('target', version1('GET', '/hello')).lines;
  expect([first, second]).toEqual(['Target function invoked', 'Processing request...']);
  expect(JSON.parse(third ?? '')).toMatchObject({route: 'GET /hello', status: 200});
  const answer = JSON.parse(last ?? '');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-lifecycle-cold': 'true',
    'x-lifecycle-init-ms': expect.stringMatching(/^\d+$/),
    'x-lifecycle-log-stream': 'stream-1',
  });
  expect(answer.body).toContain(answer.headers['x-lifecycle-environment']);
});

test('the bundle knows its version', async () => {
  const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const last = (await invoke('target', version1('GET', '/info/version')).lines).at(-1);
  expect(JSON.parse(JSON.parse(last ?? '').body)).toMatchObject({name: 'lifecycle-tui', version});
});

test.each(['target', 'authorizer'])('the bundle of the %s loads nothing that it does not use', async name => {
  const code = await readFile(join(folder, `${name}.mjs`), 'utf8');
  const loaded = [...code.matchAll(/from"(node:[^"]+)"/g)].map(([, module]) => module);
  expect(loaded).toContain('node:crypto');
  expect(loaded.filter(module => /^node:(http|https|net|tls|stream|url|util)/.test(module!))).toEqual([]);
});

test('a direct Invoke may crash it', async () => {
  const {exit, lines} = invoke('target', {crash: true});
  expect(await exit).toBe(1);
  expect(await lines).toEqual(['Target function invoked', 'Processing request...']);
});

test('a direct Invoke may hang it, and it stays alive until it is ended', async () => {
  const {child, exit} = invoke('target', {hang: true});
  await new Promise<void>(resolve => {
    let seen = '';
    child.stdout?.on('data', chunk => {
      seen += chunk;
      if (seen.includes('Processing')) resolve();
    });
  });
  const first = await Promise.race([exit, new Promise(resolve => setTimeout(resolve, 300, 'still there'))]);
  expect(first).toBe('still there');
});

test('the authorizer logs and reads its token from the environment', async () => {
  const methodArn = 'arn:aws:execute-api:eu-west-1:000000000000:abc/prod/GET/hello';
  const event = {type: 'REQUEST', methodArn, headers: {Authorization: 'wrong'}};
  const [first, second, last] = await invoke('authorizer', event, {LIFECYCLE_AUTH_TOKEN: 'sesame'}).lines;
  expect([first, second]).toEqual(['Authorizer invoked', 'Returning policy']);
  expect(JSON.parse(last ?? '')).toMatchObject({
    policyDocument: {Statement: [{Effect: 'Deny', Resource: methodArn}]},
  });
});
