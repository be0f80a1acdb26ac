import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';

/** Epoch ms at which its last line was written, and how many lifecycle events it kept. */
export type LastSession = {at: number; events?: number};

/** Counting the lines of more than this is not worth a menu's while. */
const mostBytes = 4_000_000;

/** The session that wrote last before `before` (epoch ms): neither this run's nor one that goes on beside it. */
export async function findLastSession(folder: string, before: number): Promise<LastSession | undefined> {
  const names = await readdir(folder).catch(() => []);
  const ends = names.map(async name => {
    const {mtimeMs} = await stat(join(folder, name, 'session.ndjson')).catch(() => ({mtimeMs: Number.NaN}));
    return {name, at: mtimeMs};
  });
  const ended = (await Promise.all(ends)).filter(({at}) => at < before);
  const last = ended.sort((a, b) => b.at - a.at)[0];
  if (!last) return undefined;
  const events = await countLines(join(folder, last.name, 'events.ndjson'));
  return {at: last.at, ...(events !== undefined && {events})};
}

async function countLines(file: string): Promise<number | undefined> {
  const {size} = await stat(file).catch(() => ({size: Number.POSITIVE_INFINITY}));
  if (size > mostBytes) return undefined;
  return (await readFile(file, 'utf8')).split('\n').length - 1;
}
