import {basename, join} from 'node:path';
import {openNewFile} from '../operate/new-file.ts';

/** A file to save: what its name begins with, how it ends, and what is in it. */
export type SavedFile = {name: string; extension: string; text: string};
/** Resolves with the path, as it is shown to the user. Rejects with the system's error. */
export type Save = (file: SavedFile) => Promise<string>;

/** Saves into a folder, readable by its owner only. What is there already is left alone: the new file gets a number. */
export function createSave(folder: string): Save {
  return async ({name, extension, text}) => {
    const {file, handle} = await openNewFile(join(folder, `${name}.${extension}`));
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    return `./${basename(file)}`;
  };
}
