import {type FileHandle, open} from 'node:fs/promises';

const mostNames = 100;

/**
 * Opens a new file that only its owner may read. What is there already is left alone: `-2`, `-3` … is put before the ending of
 * a name that is taken. Rejects with the system's error.
 */
export async function openNewFile(wanted: string): Promise<{file: string; handle: FileHandle}> {
  for (let number = 1; ; number++) {
    const file = number === 1 ? wanted : wanted.replace(/(\.\w+)?$/, `-${number}$1`);
    try {
      return {file, handle: await open(file, 'wx', 0o600)};
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number >= mostNames) throw error;
    }
  }
}
