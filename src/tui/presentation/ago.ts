const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** A stretch of time in its largest unit: `3 d`, `7 h`, `12 min`, `40 s`. Never more than there is. */
export function about(ms: number): string {
  const [name, size] = units.find(([, least]) => ms >= least) ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(ms / size))} ${name}`;
}
