import {execFile} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {lambdaBench} from '../environment/lambda-bench.ts';
import {sandboxForms} from './sandbox-forms.ts';

const run = promisify(execFile);
const [, {refusal} = {refusal: undefined}] = await sandboxForms();
const real = (await run('sh', ['-c', 'command -v unshare || true'])).stdout.trim();
const own = process.env.PATH;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fallbacks-'));
});
afterEach(async () => {
  process.env.PATH = own;
  await rm(folder, {recursive: true, force: true});
});

/** Puts an `unshare` in the way that refuses as the system would, and notes how it was called. */
async function refuse(pattern: string, said: string): Promise<() => Promise<string[]>> {
  const calls = join(folder, 'calls');
  await mkdir(join(folder, 'bin'));
  const script = `#!/bin/sh
echo "$*" >>'${calls}'
case " $* " in ${pattern}) echo "unshare: ${said}" >&2; exit 1 ;; esac
exec ${real || 'false'} "$@"
`;
  await writeFile(join(folder, 'bin/unshare'), script);
  await chmod(join(folder, 'bin/unshare'), 0o755);
  process.env.PATH = `${join(folder, 'bin')}:${own}`;
  return async () => (await readFile(calls, 'utf8')).split('\n').map(line => line.replace(/ -- .*/, ''));
}

const hello = {
  code: {'bootstrap!': 'fixture:third-party/bootstrap', note: 'task'},
  layers: {config: 'opt'},
  spec: {runtime: 'provided.al2023'},
};

test.skipIf(refusal)("with the host's /proc where a new one cannot be mounted", async () => {
  const calls = await refuse('*--mount-proc*', 'mount /proc failed: Operation not permitted');
  const bench = await lambdaBench({prefix: 'fallbacks-bench-'});
  expect([bench.factory.sandbox, bench.notices]).toEqual(['namespaces', []]);
  const {invoke} = await bench.start(hello);
  expect((await invoke({give: 'names'})).json).toBe('opt task');
  await bench.close();
  expect((await calls()).slice(0, 3)).toEqual([
    '-U -c --keep-caps -mpf --kill-child --mount-proc',
    '-U -c --keep-caps -mpf --kill-child',
    '-U -c --keep-caps -mpf --kill-child',
  ]);
});

test.skipIf(refusal || process.getuid?.() !== 0)('as root, without a user namespace', async () => {
  const calls = await refuse('*" -U "*', 'unshare failed: No space left on device');
  const bench = await lambdaBench({prefix: 'fallbacks-bench-'});
  expect([bench.factory.sandbox, bench.notices]).toEqual(['namespaces', []]);
  const {invoke} = await bench.start(hello);
  expect((await invoke({give: 'names'})).json).toBe('opt task');
  await bench.close();
  expect((await calls()).slice(2, 4)).toEqual(['-mpf --kill-child --mount-proc', '-mpf --kill-child --mount-proc']);
});

test.skipIf(process.platform !== 'linux').each([
  ['unshare failed: Operation not permitted', /unshare failed: Operation not permitted: .*seccomp=unconfined\)\.$/],
  ['unshare failed: No space left on device', /max_user_namespaces=10000\)\.$/],
  ["unrecognized option '--kill-child'", /util-linux\)\.$/],
])('the portable form where everything is refused: %s', async (said, reason) => {
  await refuse('*', said);
  const bench = await lambdaBench({prefix: 'fallbacks-bench-'});
  expect(bench.factory.sandbox).toBe('portable');
  expect(bench.notices).toEqual([expect.stringMatching(reason)]);
  await bench.close();
  await expect(lambdaBench({sandbox: 'namespaces'})).rejects.toThrow(/This system allows no namespaces: unshare: /);
});
