import {type ChildProcess, spawn} from 'node:child_process';
import {chmod, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {buildAssets} from '../../src/assets/build.ts';
import {readZip} from '../assets/read-zip.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds the layer and unpacks its one file as Lambda would. */
export async function unpackExtension(): Promise<{file: string; remove(): Promise<void>}> {
  const folder = await mkdtemp(join(tmpdir(), 'layer-'));
  await buildAssets({root, outFolder: folder});
  const [entry] = await readZip(join(folder, 'layer.zip'));
  if (!entry) throw new Error('The layer is empty');
  const file = join(folder, 'shutdown-notifier');
  await writeFile(file, entry.bytes);
  await chmod(file, entry.mode & 0o777);
  return {file, remove: () => rm(folder, {recursive: true, force: true})};
}

/** The extension as a child process. `ended`: its exit code, and when it was gone (epoch ms). */
export type ExtensionProcess = {
  child: ChildProcess;
  /** Lines of stdout so far, without their prefix; a line without it is kept whole. */
  lines(): string[];
  /** Resolves when a line is there, behind the first `after`; the test's own time limit ends the wait. */
  line(text: string, after?: number): Promise<void>;
  ended: Promise<{code: number | null; at: number}>;
};

/** Runs it with an environment made from nothing but these variables. */
export function startExtension(file: string, variables: Record<string, string>): ExtensionProcess {
  const child = spawn(file, {
    env: {PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...variables},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const watchers: (() => void)[] = [];
  child.stdout.setEncoding('utf8').on('data', text => {
    output += text;
    for (const wake of watchers.splice(0)) wake();
  });
  const lines = () =>
    output
      .split('\n')
      .slice(0, -1)
      .map(line => line.replace('[shutdown-notifier] ', ''));
  return {
    child,
    lines,
    async line(text, after = 0) {
      while (!lines().includes(text, after)) await new Promise<void>(resolve => watchers.push(resolve));
    },
    ended: new Promise(resolve => child.on('close', code => resolve({code, at: Date.now()}))),
  };
}
