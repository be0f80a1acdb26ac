/** To microseconds, as durations in events are told. */
export function roundMs(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
