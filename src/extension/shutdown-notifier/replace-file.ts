import {renameSync, rmSync, writeFileSync} from 'node:fs';

/**
 * Replaces a file as a whole: no reader sees half of it, and what was there outlives a full disk. Whatever else is at the
 * path (the function can write to the same folder) makes way. Throws the file system's errors.
 */
export function replaceFile(path: string, text: string, mode: number): void {
  const draft = `${path}.${process.pid}`;
  rmSync(draft, {force: true, recursive: true});
  try {
    writeFileSync(draft, text, {flag: 'wx', mode});
    moveTo(path, draft);
  } catch (error) {
    rmSync(draft, {force: true});
    throw error;
  }
}

function moveTo(path: string, draft: string): void {
  try {
    renameSync(draft, path);
  } catch {
    // A folder is not replaced by a file.
    rmSync(path, {force: true, recursive: true});
    renameSync(draft, path);
  }
}
