import {execFile} from 'node:child_process';
import {readdir, readFile} from 'node:fs/promises';
import {promisify} from 'node:util';

type Entry = {pid: number; parent: number; dead: boolean};

/** The process and everything it started, directly or not, as far as it still descends from it. */
export async function processTree(root: number): Promise<number[]> {
  const entries = (await allProcesses()).filter(entry => !entry.dead);
  const tree = new Set(entries.filter(({pid}) => pid === root).map(({pid}) => pid));
  for (let grown = true; grown; ) {
    const children = entries.filter(({pid, parent}) => tree.has(parent) && !tree.has(pid));
    for (const {pid} of children) tree.add(pid);
    grown = children.length > 0;
  }
  return [...tree];
}

/**
 * Those of the processes that run on after `graceMs`; a killed one needs a moment to go. One that has ended and only waits
 * for its parent to look does not run.
 */
export async function stillRunning(pids: readonly number[], graceMs: number): Promise<number[]> {
  const deadline = Date.now() + graceMs;
  for (;;) {
    const alive = new Set((await allProcesses()).filter(entry => !entry.dead).map(({pid}) => pid));
    const running = pids.filter(pid => alive.has(pid));
    if (running.length === 0 || Date.now() >= deadline) return running;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

async function allProcesses(): Promise<Entry[]> {
  return process.platform === 'linux' ? await fromProc() : await fromPs();
}

async function fromProc(): Promise<Entry[]> {
  const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const entries = await Promise.all(
    names.map(async name => {
      // A process may end while we read.
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => undefined);
      // The command's name is in brackets and may hold anything.
      const [state, parent] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
      return state === undefined ? [] : [{pid: Number(name), parent: Number(parent), dead: isDead(state)}];
    }),
  );
  return entries.flat();
}

async function fromPs(): Promise<Entry[]> {
  const {stdout} = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=']);
  return stdout.split('\n').flatMap(line => {
    const [pid, parent, state] = line.trim().split(/\s+/);
    return state === undefined ? [] : [{pid: Number(pid), parent: Number(parent), dead: isDead(state)}];
  });
}

function isDead(state: string): boolean {
  return /^[ZX]/.test(state);
}
