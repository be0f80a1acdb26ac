import {mkdtemp, readdir, readFile, rm, symlink} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect} from 'vitest';
import {ndjson, startCli} from '../../../cli/run-cli.ts';
import {manySockets, provideFunction, rawInvoke} from './endpoint-calls.ts';

const watcher = fileURLToPath(new URL('../fixtures/extensions/watcher', import.meta.url));

/** Processes with `mark` in their variables or arguments; zombies have neither, and so do not count. */
async function marked(mark: string): Promise<string[]> {
  const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name) && name !== String(process.pid));
  const found = await Promise.all(
    names.map(async name => {
      const read = (file: string) => readFile(`/proc/${name}/${file}`, 'latin1').catch(() => '');
      const [variables, words] = await Promise.all([read('environ'), read('cmdline')]);
      return variables.includes(mark) || words.includes(mark) ? [`${name} ${words.replaceAll('\0', ' ')}`] : [];
    }),
  );
  return found.flat();
}

/** Sleeps as told; `daemon` leaves a process in a session of its own. */
const code = {
  'index.mjs': `import {spawn} from 'node:child_process';
export const handler = async ({ms, daemon}) => {
  if (daemon) spawn('sleep', ['300'], {detached: true, stdio: 'ignore'}).unref();
  await new Promise(resolve => setTimeout(resolve, ms));
  return ms;
};`,
};

/** A folder with links to what the embedded AWS needs of a PATH, but for the tools that open namespaces. */
async function pathWithoutNamespaces(folder: string): Promise<string> {
  const hidden = new Set(['unshare', 'setpriv', 'nsenter']);
  for (const place of ['/bin', '/usr/bin']) {
    const names = await readdir(place).catch(() => []);
    await Promise.all(
      names
        .filter(name => !hidden.has(name))
        .map(name => symlink(join(place, name), join(folder, name)).catch(() => {})),
    );
  }
  return folder;
}

/**
 * Puts load on an endpoint of its own, with environments that are busy, idle (frozen) and starting, ends it with
 * SIGKILL at a moment told by `random`, and expects that neither a process nor a file is left.
 */
export async function killUnderLoad(sandbox: 'portable' | 'namespaces', random: () => number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'killed-load-'));
  const programs = await mkdtemp(join(tmpdir(), 'killed-programs-'));
  const agent = manySockets();
  const own = {TMPDIR: folder, ...(sandbox === 'portable' && {PATH: await pathWithoutNamespaces(programs)})};
  const endpoint = startCli(['local', '--port', '0', '--json', '--idle', '60s'], own);
  try {
    await endpoint.said(/"ready"/);
    const ready = ndjson(endpoint.stdout())[0]!;
    expect(ready.sandbox).toBe(sandbox);
    const address = String(ready.endpoint);
    const layer = {'extensions/watcher': await readFile(watcher, 'utf8')};
    await provideFunction(address, {name: 'loaded', code, variables: {MARK: folder}, layer});
    const send = (event: object, tail = false) => rawInvoke(address, {agent, name: 'loaded', event, tail});
    const first = await Promise.all([send({ms: 300, daemon: true}, true), send({ms: 300}, true)]);
    expect(first.map(({body}) => body)).toEqual(['300', '300']);
    // Two are idle and frozen; of what comes now the first wakes one, and some make new ones.
    const load = Array.from({length: 3}, async () => {
      for (;;) await send({ms: Math.floor(random() * 200)});
    });
    const broken = Promise.allSettled(load);
    expect((await marked(folder)).length).toBeGreaterThanOrEqual(7);
    await new Promise(resolve => setTimeout(resolve, random() * 400));
    endpoint.child.kill('SIGKILL');
    await endpoint.ended;
    await broken;
    const left = async () => [...(await marked(folder)), ...(await readdir(folder))];
    await expect.poll(left, {timeout: 10_000, interval: 20}).toEqual([]);
  } finally {
    endpoint.child.kill('SIGKILL');
    agent.destroy();
    for (const place of [folder, programs]) await rm(place, {recursive: true, force: true});
  }
}

/** 0 up to 1, the same for the same seed (Mulberry32), which is printed. */
export function seeded(): () => number {
  const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 1_000_000);
  console.log(`LIFECYCLE_SEED=${seed}`);
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
