import {createReadStream} from 'node:fs';
import {open, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {Problem} from '../../aws/problem.ts';
import type {RecordedMessage, StartMessage} from '../../lifecycle/recorded-message.ts';
import {createPlayer, type Player, type PlayOptions} from './player.ts';
import {readLine} from './read-line.ts';
import {readLines} from './read-lines.ts';

/** The file in the folder of a session that can be played. */
const sessionFile = 'session.ndjson';

/** Lines that could not be read, and the first of them. */
type Unreadable = {count: number; first?: {line: number; problem: string}};

export type Replay = Player & {
  /** Whose recording it is. */
  start: StartMessage;
  /** As far as it has been played. */
  unreadable(): Unreadable;
};

/**
 * Opens a recording: its file, or the folder of its session. Reads on as it is played, so that size does not matter.
 * Throws a `Problem` when there is none.
 */
export async function openReplay({path, ...options}: {path: string} & PlayOptions): Promise<Replay> {
  const file = await fileOf(path);
  const unreadable: Unreadable = {count: 0};
  const messages = readMessages(file, unreadable);
  const first = await messages.next();
  const start = first.done ? undefined : first.value;
  if (start?.type !== 'session') {
    await messages.return(undefined);
    throw noSession(path, 'Its first line is not that of a recorded session.');
  }
  const player = createPlayer(messages, Date.parse(start.at), options);
  return {...player, start, unreadable: () => unreadable};
}

async function fileOf(path: string): Promise<string> {
  try {
    const file = (await stat(path)).isDirectory() ? join(path, sessionFile) : path;
    const handle = await open(file);
    const found = await handle.stat();
    await handle.close();
    if (!found.isFile()) throw noSession(path, 'It is no file.');
    return file;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw noSession(path, `It cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}

function noSession(path: string, details: string): Problem {
  return new Problem('usage', `${path} is no recorded session`, {
    details,
    solution: 'The app records its sessions as session.ndjson; the path is in its help and printed at its end.',
    next: 'lifecycle-tui --replay demo --speed 30',
  });
}

async function* readMessages(file: string, unreadable: Unreadable): AsyncGenerator<RecordedMessage> {
  let line = 0;
  for await (const json of readLines(createReadStream(file))) {
    line += 1;
    if (json === '') continue;
    const read = json === undefined ? {problem: 'is too long'} : readLine(json);
    if ('message' in read) yield read.message;
    else if ('problem' in read) {
      unreadable.count += 1;
      unreadable.first ??= {line, problem: read.problem};
    }
    // What has no valid beginning is not read to its end in search of one.
    if (line === 1 && !('message' in read)) return;
  }
}
