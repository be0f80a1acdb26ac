/** Resident memory of this process, MB. */
export function memoryUsedMb(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576);
}
