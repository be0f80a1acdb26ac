import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/** A file to save: what its name begins with, how it ends, and what is in it. */
export type SavedFile = {name: string; extension: string; text: string};
/** Resolves with the path, as it is shown to the user. Rejects with the system's error. */
export type Save = (file: SavedFile) => Promise<string>;

const mostNames = 100;

/** Saves into a folder, readable by its owner only. What is there already is left alone: the new file gets a number. */
export function createSave(folder: string): Save {
  return async ({name, extension, text}) => {
    for (let number = 1; ; number++) {
      const file = `${name}${number === 1 ? '' : `-${number}`}.${extension}`;
      try {
        await writeFile(join(folder, file), text, {flag: 'wx', mode: 0o600});
        return `./${file}`;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || number === mostNames) throw error;
      }
    }
  };
}
