/**
 * Adds to a list that is in order of `timeOf`, oldest first; what comes late goes where its time puts it. Keeps the
 * newest `limit`. Only what is newer than the oldest of the additions is sorted, mostly nothing.
 */
export function addInOrder<T, Time extends string | number>(
  list: readonly T[],
  added: readonly T[],
  timeOf: (one: T) => Time,
  limit: number,
): readonly T[] {
  if (added.length === 0) return list;
  // Array sort is stable: what has the same time keeps its order of arrival.
  const byTime = (a: T, b: T) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0);
  const sorted = [...added].sort(byTime);
  const oldest = timeOf(sorted[0]!);
  let inOrder = list.length;
  while (inOrder > 0 && timeOf(list[inOrder - 1]!) > oldest) inOrder -= 1;
  const tail = inOrder === list.length ? sorted : [...list.slice(inOrder), ...sorted].sort(byTime);
  const dropped = Math.max(0, inOrder + tail.length - limit);
  // Long lists are copied with every addition: once, and not twice.
  const before = dropped === 0 && inOrder === list.length ? list : list.slice(dropped, inOrder);
  return before.concat(dropped > inOrder ? tail.slice(dropped - inOrder) : tail);
}
