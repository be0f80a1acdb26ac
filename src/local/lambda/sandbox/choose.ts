import {mkdir, rm} from 'node:fs/promises';
import {type NamespaceWay, namespaceWays, startHolder} from './holder.ts';
import {provideMounts} from './namespace-folders.ts';
import {namespaceForm} from './namespaces.ts';
import {portableForm} from './portable.ts';
import {refusalText} from './refusal.ts';
import type {SandboxForm, SandboxHost} from './sandbox.ts';
import {spawnProcess} from './spawn-process.ts';
import type {Watchdog} from './watchdog.ts';

/**
 * The strongest form this system allows, found by running it once on a scratch folder, and why it is not a stronger
 * one. `wanted` takes that form or throws.
 */
export async function chooseForm(
  host: SandboxHost,
  watchdog: Watchdog,
  wanted?: 'namespaces' | 'portable',
): Promise<{form: SandboxForm; reason?: string}> {
  const portable = portableForm(host, watchdog);
  if (wanted === 'portable') return {form: portable};
  if (process.platform !== 'linux') {
    return {
      form: portable,
      reason: `Layers see their own paths instead of /opt: ${process.platform} has no namespaces.`,
    };
  }
  let refusal = '';
  for (const way of namespaceWays) {
    const problem = await tryWay(host, way);
    if (problem === undefined) return {form: namespaceForm(host, way)};
    refusal ||= problem;
  }
  if (wanted === 'namespaces') throw new Error(`This system allows no namespaces: ${refusalText(refusal)}`);
  return {
    form: portable,
    reason: `Layers see their own paths instead of /opt: no namespaces here (${refusalText(refusal)}).`,
  };
}

/** Does all that an environment will do: folders, mounts, a process inside; the system's refusal if there is one. */
async function tryWay(host: SandboxHost, way: NamespaceWay): Promise<string | undefined> {
  const folder = `${host.folder}/probe`;
  const scratch = {codeFolder: `${folder}/code`, layersFolder: `${folder}/layers`, runtimeFolder: host.runtimeFolder};
  try {
    await Promise.all([scratch.codeFolder, scratch.layersFolder].map(path => mkdir(path, {recursive: true})));
    const fstab = await provideMounts({...scratch, folder, host: '127.77.0.1'});
    const holder = await startHolder(way, fstab);
    const lines: string[] = [];
    const inside = spawnProcess(
      ['nsenter', '-t', String(holder.pid), ...way.nsenter, '--', 'test', '-f', '/var/runtime/runtime-client.cjs'],
      {
        cwd: '/',
        variables: {PATH: process.env.PATH ?? '/usr/bin:/bin'},
        onLine: line => lines.push(line),
        gated: false,
      },
    );
    const exit = await inside.exited;
    await holder.close();
    return 'code' in exit && exit.code === 0 ? undefined : (lines[0] ?? 'nsenter failed');
  } catch (error) {
    return (error as Error).message;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
