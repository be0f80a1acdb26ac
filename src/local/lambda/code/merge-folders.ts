import {constants, type Dirent} from 'node:fs';
import {copyFile, lstat, mkdir, readdir, rm} from 'node:fs/promises';
import {join} from 'node:path';

/** Lays the folders over each other into `target`, in order: the same path in a later one wins. */
export async function mergeFolders(sources: readonly string[], target: string): Promise<void> {
  await mkdir(target, {recursive: true});
  for (const source of sources) await layOver(source, target);
}

async function layOver(source: string, target: string): Promise<void> {
  for (const entry of await readdir(source, {withFileTypes: true})) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)];
    await makeWay(to, entry);
    if (entry.isDirectory()) {
      await mkdir(to, {recursive: true});
      await layOver(from, to);
    } else {
      await copyFile(from, to, constants.COPYFILE_FICLONE);
    }
  }
}

/** Only two folders share a place; everything else is replaced, mode included. */
async function makeWay(path: string, entry: Dirent): Promise<void> {
  const there = await lstat(path).catch(() => undefined);
  if (there && !(there.isDirectory() && entry.isDirectory())) await rm(path, {recursive: true});
}
