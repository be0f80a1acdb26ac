import type {FileHandle} from 'node:fs/promises';
import {unlink} from 'node:fs/promises';
import {join} from 'node:path';
import {inUseFile, makeSessionFolder, openSessionFile, type SessionFile, sessionFiles} from './session-folder.ts';

/** What a killed app loses at most is written this often, ms. */
const writeEveryMs = 250;
/** So much may wait for a slow disk, characters. */
const mostWaiting = 32 * 1_024 * 1_024;
/** A disk that hangs must not keep the app from quitting, ms. */
const closeLimitMs = 2_000;

export type SessionWriterOptions = {
  root: string;
  at: Date;
  /** All files of the session together. */
  mostBytes: number;
  /** Nothing is written any more, and why. Called once at most. */
  onOff: (reason: string) => void;
};

export type SessionWriter = {
  /** Returns at once. After the recording has been turned off it does nothing. */
  write(file: SessionFile, line: string): void;
  /** Undefined until there is a folder, and when there will be none. */
  folder(): string | undefined;
  close(): Promise<void>;
};

/** Appends lines to the files of a session in the background. What goes wrong turns it off; it never throws. */
export function createSessionWriter({root, at, mostBytes, onOff}: SessionWriterOptions): SessionWriter {
  const waiting = new Map<SessionFile, string[]>(sessionFiles.map(file => [file, []]));
  const handles = new Map<SessionFile, FileHandle>();
  let folder: string | undefined;
  let waitingLength = 0;
  let bytes = 0;
  let isOff = false;
  let timer: NodeJS.Timeout | undefined;

  const turnOff = (reason: string): void => {
    if (isOff) return;
    isOff = true;
    clearTimeout(timer);
    onOff(reason);
  };
  const prepare = async (): Promise<void> => {
    folder = await makeSessionFolder(root, at);
    for (const file of sessionFiles) handles.set(file, await openSessionFile(folder, file));
  };
  const flush = async (): Promise<void> => {
    if (isOff) return;
    if (!folder) await prepare();
    for (const [file, lines] of waiting) {
      const text = lines.splice(0).join('');
      if (text === '') continue;
      waitingLength -= text.length;
      const {length} = await append(handles.get(file)!, text);
      bytes += length;
    }
    if (bytes >= mostBytes) turnOff(`it has reached ${Math.round(mostBytes / 1e6)} MB`);
  };
  let writing = Promise.resolve();
  const schedule = (): void => {
    if (timer || isOff) return;
    timer = setTimeout(() => {
      timer = undefined;
      writeAll();
    }, writeEveryMs);
  };
  const writeAll = (): Promise<void> => {
    writing = writing.then(flush).catch((error: NodeJS.ErrnoException) => turnOff(words(error)));
    return writing;
  };

  return {
    write(file, line) {
      if (isOff) return;
      waiting.get(file)!.push(`${line}\n`);
      waitingLength += line.length + 1;
      if (waitingLength > mostWaiting) turnOff('the disk is too slow');
      else schedule();
    },
    folder: () => folder,
    async close() {
      clearTimeout(timer);
      const limit = new Promise<void>(resolve => setTimeout(resolve, closeLimitMs).unref());
      await Promise.race([writeAll(), limit]);
      isOff = true;
      await Promise.race([Promise.allSettled([...handles.values()].map(handle => handle.close())), limit]);
      if (folder) await Promise.race([unlink(join(folder, inUseFile)).catch(() => {}), limit]);
    },
  };
}

async function append(handle: FileHandle, text: string): Promise<Buffer> {
  const data = Buffer.from(text);
  for (let from = 0; from < data.length; ) {
    const {bytesWritten} = await handle.write(data, from, data.length - from);
    from += bytesWritten;
  }
  return data;
}

function words({code, message}: NodeJS.ErrnoException): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return code === undefined ? message : `its folder cannot be written to (${code})`;
}
