import {type ChildProcess, spawn} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {readdirSync, readlinkSync} from 'node:fs';
import {chmod, cp, mkdir, mkdtemp, open, readdir, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {marked} from './marked.ts';
import {sandboxForms} from './sandbox-forms.ts';

const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 1_000_000);
console.log(`LIFECYCLE_SEED=${seed}`);
let state = seed;
/** 0 to 1, the same for the same seed. */
const random = () => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const dist = fileURLToPath(new URL('../../../../dist', import.meta.url));
const hosts: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-host-'));
  await mkdir(join(folder, 'layers/extensions'), {recursive: true});
  await mkdir(join(folder, 'host'));
  await cp(join(fixtures, 'functions'), join(folder, 'code'), {recursive: true});
  await cp(join(fixtures, 'extensions'), join(folder, 'layers/extensions'), {recursive: true});
  await chmod(join(folder, 'layers/extensions/watcher'), 0o755);
  await symlink(dist, join(folder, 'host/dist'));
  await cp(join(dist, '../package.json'), join(folder, 'host/package.json'));
  await build({
    entryPoints: [join(fixtures, 'host.ts')],
    outfile: join(folder, 'host/host.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
});
afterAll(() => {
  for (const host of hosts) host.kill('SIGKILL');
  return rm(folder, {recursive: true, force: true});
});

/** Whether a process has a file open whose path contains `name`. */
function holds(line: string, name: string): boolean {
  const folder = `/proc/${line.split(' ')[0]}/fd`;
  return readdirSync(folder).some(fd => {
    try {
      return readlinkSync(`${folder}/${fd}`).includes(name);
    } catch {
      return false;
    }
  });
}

const cases = (await sandboxForms()).flatMap(form =>
  [
    {mode: 'running', count: 2},
    {mode: 'frozen', count: 1},
    {mode: 'starting', count: 1},
  ].map(mode => ({...form, ...mode})),
);

test.for(cases)(
  'kill -9 of the host leaves nothing ($sandbox, $mode)',
  async ({sandbox, mode, count, refusal}, {skip}) => {
    skip(refusal !== undefined, refusal);
    const mark = randomUUID();
    const place = join(folder, mark);
    const leftOpen = await open(join(folder, `${mark}-left-open`), 'w');
    const host = spawn(
      process.execPath,
      [
        join(folder, 'host/host.mjs'),
        place,
        join(folder, 'code'),
        join(folder, 'layers'),
        sandbox,
        String(count),
        mode,
      ],
      {
        // A launcher that left descriptors open.
        stdio: ['ignore', 'pipe', 'inherit', leftOpen.fd, leftOpen.fd, leftOpen.fd, leftOpen.fd, leftOpen.fd],
        env: {...process.env, MARK: mark},
      },
    );
    hosts.push(host);
    await leftOpen.close();
    const ended = new Promise(resolve => host.on('exit', resolve));
    await new Promise<void>((resolve, reject) => {
      host.stdout!.once('data', () => resolve());
      host.on('exit', () => reject(new Error('The host ended before it was ready.')));
    });
    if (mode === 'starting') await new Promise(resolve => setTimeout(resolve, random() * 30));
    else {
      expect(marked(mark).length).toBeGreaterThanOrEqual(count * 7);
      const programs = marked(mark).filter(line => /extensions\/watcher|\/runtime-client|sleep/.test(line));
      expect(programs.filter(line => holds(line, 'left-open'))).toEqual([]);
    }
    host.kill('SIGKILL');
    await ended;
    const deadline = Date.now() + 4_000;
    const left = async () => [...marked(mark), ...(await readdir(place).catch(() => []))];
    while ((await left()).length > 0 && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 10));
    expect(await left()).toEqual([]);
  },
);
