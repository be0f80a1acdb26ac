import {lstat, readdir, readFile, rmdir, unlink} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {folderName, type InUse, inUseFile, sessionFiles} from './session-folder.ts';

export type Keep = {sessions: number; bytes: number};

const ours: readonly string[] = [...sessionFiles, inUseFile];
/** Whether a process of another machine still runs cannot be asked. */
const otherMachineMs = 24 * 60 * 60_000;

type Found = {folder: string; bytes: number};

/**
 * Removes the oldest recorded sessions until at most `sessions` with at most `bytes` in all are left. Only folders that
 * hold nothing but a session's own files count; none that a running app writes to is removed. What cannot be removed stays.
 */
export async function pruneSessions(root: string, keep: Keep): Promise<void> {
  const names = (await readdir(root).catch(() => [])).filter(name => folderName.test(name)).sort(inTime);
  const found: Found[] = [];
  for (const name of names) {
    const one = await look(join(root, name)).catch(() => undefined);
    if (one) found.push(one);
  }
  let bytes = 0;
  let sessions = 0;
  for (const one of found.reverse()) {
    bytes += one.bytes;
    sessions += 1;
    if (sessions <= keep.sessions && bytes <= keep.bytes) continue;
    if (!(await isInUse(one.folder))) await remove(one.folder).catch(() => {});
  }
}

/** By the second, then by the number after it. */
function inTime(a: string, b: string): number {
  const [ofA, ofB] = [a, b].map(name => Number(name.slice(21) || 1));
  const [timeA, timeB] = [a.slice(0, 20), b.slice(0, 20)];
  return timeA < timeB ? -1 : timeA > timeB ? 1 : ofA! - ofB!;
}

/** Undefined for what is not a session's folder, links included. */
async function look(folder: string): Promise<Found | undefined> {
  if (!(await lstat(folder)).isDirectory()) return undefined;
  let bytes = 0;
  for (const name of await readdir(folder)) {
    const file = await lstat(join(folder, name));
    if (!ours.includes(name) || !file.isFile()) return undefined;
    bytes += file.size;
  }
  return {folder, bytes};
}

async function isInUse(folder: string): Promise<boolean> {
  try {
    const file = join(folder, inUseFile);
    const {pid, host} = JSON.parse(await readFile(file, 'utf8')) as Partial<InUse>;
    if (host !== hostname()) return Date.now() - (await lstat(file)).mtimeMs < otherMachineMs;
    return typeof pid === 'number' && isRunning(pid);
  } catch (error) {
    const {code} = error as NodeJS.ErrnoException;
    return code !== undefined && code !== 'ENOENT';
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Nothing that is not ours can go: the folder only if it is empty by then. */
async function remove(folder: string): Promise<void> {
  for (const name of ours) {
    await unlink(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
  await rmdir(folder);
}
