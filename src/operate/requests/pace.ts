const minute = 60_000;

/**
 * How often the table is read, in ms: always 4 times a second on a loopback endpoint, where a read costs nothing;
 * on AWS every 2 s, every 5 s once nothing has happened for a minute.
 */
export function eventInterval(local: boolean, quietMs: number): number {
  if (local) return 250;
  return quietMs < minute ? 2_000 : 5_000;
}

/** How often a log group is read, in ms. AWS allows few FilterLogEvents a second per account and region. */
export function logInterval(local: boolean, quietMs: number): number {
  if (local) return 500;
  if (quietMs < minute) return 2_000;
  return quietMs < 5 * minute ? 5_000 : 15_000;
}
