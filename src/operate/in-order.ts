/**
 * Adds to a list that is in order of `timeOf`, oldest first; what comes late goes where its time puts it. Keeps the
 * newest `limit`. Most additions are in order already, and then nothing is sorted.
 */
export function addInOrder<T, Time extends string | number>(
  list: readonly T[],
  added: readonly T[],
  timeOf: (one: T) => Time,
  limit: number,
): readonly T[] {
  if (added.length === 0) return list;
  const all = [...list, ...added];
  const from = Math.max(1, list.length);
  const inOrder = all.every((one, index) => index < from || timeOf(all[index - 1]!) <= timeOf(one));
  // Array sort is stable: what has the same time keeps its order of arrival.
  if (!inOrder) all.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0));
  return all.slice(-limit);
}
