import type {Environment} from './environment.ts';

/** Events that must exist between two others: their numbers, and between when (epoch ms) they came. */
export type MissingEvents = {first: number; last: number; after: number; before: number};

/** What is missing of an environment as far as its activities are kept, oldest first. */
export function missingEvents({startedAt, activities, missing, sequence}: Environment): MissingEvents[] {
  if (missing === 0) return [];
  const countedFrom = sequence.last + 1 - sequence.seen - missing;
  const known = activities.filter(one => one.sequence !== undefined).sort((a, b) => a.sequence! - b.sequence!);
  const stretches: MissingEvents[] = [];
  // What was before the oldest activity is only missing where the count begins before it and nothing has been dropped.
  const whole = sequence.seen === known.length;
  let before = {at: startedAt, sequence: whole ? countedFrom - 1 : (known[0]?.sequence ?? 1) - 1};
  for (const {sequence: number, startedAt: at, endedAt} of known) {
    if (number! > before.sequence + 1) {
      stretches.push({first: before.sequence + 1, last: number! - 1, after: before.at, before: at});
    }
    before = {at: endedAt ?? at, sequence: number!};
  }
  return stretches;
}
