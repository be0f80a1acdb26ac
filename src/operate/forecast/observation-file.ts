import {randomUUID} from 'node:crypto';
import {chmod, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {endId, type KeptEnd} from '../../lifecycle/kept-end.ts';
import {locked} from '../file-lock.ts';
import {sessionsFolder} from '../recording/session-folder.ts';
import {endsText, parseEnds} from './kept-ends-text.ts';

export type ObservationFile = {
  /** Whether what earlier runs saw belongs into the forecast, or into the score alone. */
  teaches: boolean;
  /** What is kept; never rejects. */
  read(): Promise<readonly KeptEnd[]>;
  /** Adds all ends of this session, those that are there already included; never rejects. */
  add(ends: readonly KeptEnd[]): Promise<void>;
  /** Resolves when everything added so far is kept. */
  settled(): Promise<void>;
};

export type ObservationFileOptions = {
  /** Asked when the file is first needed; undefined or a rejection: nothing is kept. */
  path: () => Promise<string | undefined>;
  teaches: boolean;
  /** What the user should know, once each. */
  onNotice: (text: string) => void;
};

/** Beside the sessions; no session can be called so. */
export const observationFolder = (environment: NodeJS.ProcessEnv): string =>
  join(sessionsFolder(environment), 'observations');

/**
 * Keeps observations on disk for later runs: ids, times and durations, nothing else. Several apps may have the same
 * file: each adds its own ends to what is there, one at a time, and replaces the file by rename. What cannot be kept or
 * read is a notice, never an error.
 */
export function observationFile({path, teaches, onNotice}: ObservationFileOptions): ObservationFile {
  const told = new Set<string>();
  const tell = (text: string): void => {
    if (!told.has(text)) onNotice(text);
    told.add(text);
  };
  let found: Promise<string | undefined> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other within this process. */
  const inTurn = <T>(work: (file: string) => Promise<T>, without: T): Promise<T> => {
    const next = last.then(async () => {
      found ??= path().catch(() => undefined);
      const file = await found;
      try {
        return file === undefined ? without : await work(file);
      } catch (error) {
        tell(`What is observed of idle lifetimes cannot be kept: ${(error as Error).message}`);
        return without;
      }
    });
    last = next;
    return next;
  };
  return {
    teaches,
    read: () =>
      inTurn<readonly KeptEnd[]>(async file => {
        return (await readEnds(file)) ?? locked(`${file}.lock`, () => readOrSetAside(file, tell));
      }, []),
    add: ends =>
      inTurn<void>(async file => {
        await mkdir(dirname(file), {recursive: true, mode: 0o700});
        await chmod(dirname(file), 0o700);
        await locked(`${file}.lock`, async () => {
          // What was kept first was learned nearest to the event. All ends of the session are written each time: should
          // another process have taken some away, they come back.
          const all = new Map([...ends, ...(await readOrSetAside(file, tell))].map(end => [endId(end), end]));
          await replaceFile(file, endsText([...all.values()]));
        });
      }, undefined),
    settled: () => last.then(() => undefined),
  };
}

/** Undefined for a file that is not one of ours, or damaged. */
async function readEnds(file: string): Promise<readonly KeptEnd[] | undefined> {
  try {
    return parseEnds(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Only under the lock: another process may just have put a good file where the broken one was. */
async function readOrSetAside(file: string, tell: (text: string) => void): Promise<readonly KeptEnd[]> {
  const ends = await readEnds(file);
  if (ends) return ends;
  const aside = `${file}.broken`;
  await rename(file, aside);
  tell(`What earlier runs observed could not be read; the file is now ${aside}`);
  return [];
}

/** Written beside it first: whoever reads sees the old file or the new one. */
async function replaceFile(file: string, text: string): Promise<void> {
  const beside = `${file}.${randomUUID()}`;
  try {
    await writeFile(beside, text, {mode: 0o600, flag: 'wx'});
    await rename(beside, file);
  } finally {
    await rm(beside, {force: true});
  }
}
