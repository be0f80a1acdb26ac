import {rm, stat, writeFile} from 'node:fs/promises';
import {pause} from './pause.ts';

const lockWaitMs = 5_000;
const lockStaleMs = 10_000;

/**
 * Runs `work` while no other process does; a lock whose owner has died is taken over, and nobody waits for
 * ever: after 5 s the work is done all the same.
 */
export async function locked<T>(lock: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + lockWaitMs;
  for (;;) {
    try {
      await writeFile(lock, '', {mode: 0o600, flag: 'wx'});
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age = await stat(lock).then(
        ({mtimeMs}) => Date.now() - mtimeMs,
        () => 0,
      );
      if (age > lockStaleMs) await rm(lock, {force: true});
      else if (Date.now() > deadline) return await work();
      else await pause(20);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, {force: true});
  }
}
