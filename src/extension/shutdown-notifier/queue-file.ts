import {lstatSync, readFileSync, rmSync} from 'node:fs';
import {fromItem, type LifecycleEvent, toItem} from '../../lifecycle/event.ts';
import {replaceFile} from './replace-file.ts';

/** Far more than a full queue takes. */
const longestBytes = 1_048_576;

/**
 * What the generations before could not write, oldest first. The file stays until the queue changes, so that this
 * generation may be killed too. Events that are not of this environment are ignored: the function can write to the same
 * folder. Never throws.
 */
export function readQueue(path: string, environmentId: string): LifecycleEvent[] {
  try {
    const entry = lstatSync(path);
    const items: unknown = entry.isFile() && entry.size <= longestBytes ? JSON.parse(readFileSync(path, 'utf8')) : [];
    if (!Array.isArray(items)) return [];
    return items.flatMap(item => fromItem(item) ?? []).filter(event => event.environmentId === environmentId);
  } catch {
    return [];
  }
}

/** Keeps events for a next generation; of none no file is left. Throws the file system's errors. */
export function keepQueue(path: string, events: readonly LifecycleEvent[]): void {
  if (events.length === 0) rmSync(path, {force: true, recursive: true});
  else replaceFile(path, JSON.stringify(events.map(toItem)), 0o600);
}
