/** What the newest answers took, ms. */
export type Latencies = {
  /** Of so many answers. */
  count: number;
  p50Ms?: number;
  p95Ms?: number;
  /** Oldest first. */
  newest: readonly number[];
};

export type LatencyWindow = {add(ms: number): void; summary(): Latencies};

export const noLatencies: Latencies = {count: 0, newest: []};

const windowSize = 100;

/** The latencies of the last 100 answers, kept sorted beside their order, so that a summary costs the same after any number. */
export function createLatencyWindow(): LatencyWindow {
  const inOrder: number[] = [];
  const sorted: number[] = [];
  return {
    add(ms) {
      if (inOrder.length === windowSize) sorted.splice(placeOf(sorted, inOrder.shift()!), 1);
      inOrder.push(ms);
      sorted.splice(placeOf(sorted, ms), 0, ms);
    },
    summary: () =>
      sorted.length === 0
        ? noLatencies
        : {
            count: sorted.length,
            p50Ms: percentile(sorted, 0.5),
            p95Ms: percentile(sorted, 0.95),
            newest: [...inOrder],
          },
  };
}

/** The smallest of the sorted values that at least this share of them does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!;
}

/** Where `value` is, or belongs. */
function placeOf(sorted: readonly number[], value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
