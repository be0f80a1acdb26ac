import {mkdir, open, writeFile} from 'node:fs/promises';
import {homedir, hostname} from 'node:os';
import {isAbsolute, join} from 'node:path';

/** Everything in the folder of a session; nothing else is ever removed. */
export const sessionFiles = ['session.ndjson', 'logs.txt', 'events.ndjson'] as const;
export type SessionFile = (typeof sessionFiles)[number];

/** There while an app writes to the folder: its process and machine. */
export const inUseFile = 'in-use';
export type InUse = {pid: number; host: string};

/** When it began, UTC; with a number where two began in one second. */
export const folderName = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ(?:-\d{1,3})?$/;

/** Where sessions are kept. The variable counts where it is an absolute path. */
export function sessionsFolder({XDG_STATE_HOME}: NodeJS.ProcessEnv): string {
  const state = XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
  return join(state, 'lifecycle-tui');
}

/** Makes a new folder that only this user can look into. */
export async function makeSessionFolder(root: string, at: Date): Promise<string> {
  await mkdir(root, {recursive: true, mode: 0o700});
  const name = at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  for (let again = 1; ; again += 1) {
    const folder = join(root, again === 1 ? name : `${name}-${again}`);
    try {
      await mkdir(folder, {mode: 0o700});
      const use: InUse = {pid: process.pid, host: hostname()};
      await writeFile(join(folder, inUseFile), JSON.stringify(use), {mode: 0o600, flag: 'wx'});
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || again === 999) throw error;
    }
  }
}

/** A new file that only this user can read, to append to. */
export const openSessionFile = (folder: string, name: SessionFile) => open(join(folder, name), 'ax', 0o600);
