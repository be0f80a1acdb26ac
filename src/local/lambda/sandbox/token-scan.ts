import {readdir, readFile} from 'node:fs/promises';
import {setTimeout as wait} from 'node:timers/promises';
import {tokenVariable} from './sandbox.ts';

/** Processes (zombies have no environment left) started with `token`; none where there is no `/proc`. */
async function findByToken(token: string): Promise<number[]> {
  const wanted = `${tokenVariable}=${token}`;
  const names = await readdir('/proc').catch(() => []);
  const found = await Promise.all(
    names
      .filter(name => /^\d+$/.test(name))
      .map(async name => {
        const text = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '');
        return text.split('\0').includes(wanted) ? [Number(name)] : [];
      }),
  );
  return found.flat();
}

/** Ends every process that carries `token`, also those that left their group and session; at most 2 s. */
export async function killByToken(token: string): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    const pids = await findByToken(token);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // Gone since it was found.
      }
    }
    await wait(round < 10 ? 2 : 20);
  }
}
