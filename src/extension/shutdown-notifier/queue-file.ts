import {lstatSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {fromItem, type LifecycleEvent, toItem} from '../../lifecycle/event.ts';

/** Far more than a full queue takes. */
const longestBytes = 1_048_576;

/**
 * Takes what the generation before could not write; the file is gone afterwards. Events that are not of this
 * environment are ignored: the function can write to the same folder. Never throws.
 */
export function takeQueue(path: string, environmentId: string): LifecycleEvent[] {
  try {
    const entry = lstatSync(path);
    const items: unknown = entry.isFile() && entry.size <= longestBytes ? JSON.parse(readFileSync(path, 'utf8')) : [];
    if (!Array.isArray(items)) return [];
    return items.flatMap(item => fromItem(item) ?? []).filter(event => event.environmentId === environmentId);
  } catch {
    return [];
  } finally {
    rmSync(path, {force: true, recursive: true});
  }
}

/** Keeps events for the next generation. Throws the file system's errors. */
export function keepQueue(path: string, events: readonly LifecycleEvent[]): void {
  rmSync(path, {force: true, recursive: true});
  writeFileSync(path, JSON.stringify(events.map(toItem)), {flag: 'wx', mode: 0o600});
}
