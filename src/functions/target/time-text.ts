/** A duration for people: `850 ms`, `12.3 s`, `5 min 28 s`, `1 h 2 min`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 3_600) return pair(seconds, 60, 'min', 's');
  return pair(Math.round(seconds / 60), 60, 'h', 'min');
}

function pair(smaller: number, each: number, large: string, small: string): string {
  const rest = smaller % each;
  return `${Math.floor(smaller / each)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

/** `12:05:28`, UTC. */
export function clockText(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(11, 19);
}
