import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

/** Waits for the end of its stdin, which comes however its parent ends; what still writes there dies within moments. */
const guardScript = 'cat >/dev/null; n=0; until rm -rf -- "$0" || [ "$n" -ge 50 ]; do n=$((n+1)); sleep 0.1; done';

/** A folder of our own below the system's temporary one, and the way to let it go. */
export type GuardedFolder = {path: string; remove(): Promise<void>};

/**
 * Makes a folder that goes with this process, kill -9 included: a shell outside of our process group holds the other
 * end of a pipe and removes the folder when the pipe closes.
 */
export async function makeGuardedFolder(prefix: string): Promise<GuardedFolder> {
  const path = await mkdtemp(join(tmpdir(), prefix));
  const guard = spawn('sh', ['-c', guardScript, path], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {PATH: process.env.PATH},
  });
  const ended = once(guard, 'exit').catch(() => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return {
    path,
    async remove() {
      guard.ref();
      guard.stdin.end();
      await ended;
      // Where there is no shell to do it.
      await rm(path, {recursive: true, force: true});
    },
  };
}
