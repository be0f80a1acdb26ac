import type {LifecycleEvent} from '../../lifecycle/event.ts';

export type SequenceLedger = {
  add(event: LifecycleEvent): void;
  /** Whether an environment has an event that is not known although the window from `windowStart` (epoch ms) must hold it. */
  hasGap(windowStart: number): boolean;
};

type Entry = {startedAt: number; sequences: Set<number>; lowest: number; highest: number; lastAt: number};

/** Keeps account of each environment's event numbers 1, 2, 3 … */
export function createSequenceLedger(): SequenceLedger {
  const entries = new Map<string, Entry>();
  return {
    add: ({environmentId, environmentStartedAt, sequence, timestamp}) => {
      const at = Date.parse(timestamp);
      const entry = entries.get(environmentId) ?? {
        startedAt: Date.parse(environmentStartedAt),
        sequences: new Set(),
        lowest: sequence,
        highest: sequence,
        lastAt: at,
      };
      entry.sequences.add(sequence);
      entry.lowest = Math.min(entry.lowest, sequence);
      entry.highest = Math.max(entry.highest, sequence);
      entry.lastAt = Math.max(entry.lastAt, at);
      entries.set(environmentId, entry);
    },
    hasGap: windowStart => {
      let gap = false;
      for (const [id, {startedAt, sequences, lowest, highest, lastAt}] of entries) {
        if (lastAt < windowStart) entries.delete(id);
        else if (sequences.size < highest - (startedAt >= windowStart ? 1 : lowest) + 1) gap = true;
      }
      return gap;
    },
  };
}
