import type {Rows} from './rows.ts';

type ByTime<T> = (one: T) => string | number;

/**
 * What becomes of a list in order of `timeOf`, oldest first, when rows come: its first `kept` rows stay where they are,
 * and `tail` follows them. What comes late goes where its time puts it. Only what is newer than the oldest of the
 * additions is sorted, mostly nothing.
 */
export function placedInOrder<T>(
  list: Rows<T>,
  added: readonly T[],
  timeOf: ByTime<T>,
): {kept: number; tail: readonly T[]} {
  // Array sort is stable: what has the same time keeps its order of arrival.
  const byTime = (a: T, b: T) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0);
  const sorted = [...added].sort(byTime);
  let kept = list.length;
  while (kept > 0 && sorted.length > 0 && timeOf(list.at(kept - 1)!) > timeOf(sorted[0]!)) kept -= 1;
  return {kept, tail: kept === list.length ? sorted : [...list.slice(kept), ...sorted].sort(byTime)};
}

/** Adds to a list that is in order of `timeOf`, oldest first; keeps the newest `limit`. */
export function addInOrder<T>(list: readonly T[], added: readonly T[], timeOf: ByTime<T>, limit: number): readonly T[] {
  if (added.length === 0) return list;
  const {kept, tail} = placedInOrder(list, added, timeOf);
  const dropped = Math.max(0, kept + tail.length - limit);
  // Long lists are copied with every addition: once, and not twice.
  const before = dropped === 0 && kept === list.length ? list : list.slice(dropped, kept);
  return before.concat(dropped > kept ? tail.slice(dropped - kept) : tail);
}
