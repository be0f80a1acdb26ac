/** What is known of another clock: its lead over ours lies between these, in ms. */
export type ClockOffset = {earliest: number; latest: number};

export const unknownOffset: ClockOffset = {earliest: Number.NEGATIVE_INFINITY, latest: Number.POSITIVE_INFINITY};

/**
 * Narrows the offset by one `Date` header, which has a resolution of 1 s: the answer was dated at some moment
 * between `sentAt` and `receivedAt` (epoch ms). A sample that contradicts the earlier ones (a clock was set) starts anew.
 */
export function observeDate(
  offset: ClockOffset,
  date: Date | undefined,
  sentAt: number,
  receivedAt: number,
): ClockOffset {
  const stamped = date?.getTime() ?? Number.NaN;
  if (Number.isNaN(stamped)) return offset;
  const sample = {earliest: stamped - receivedAt, latest: stamped + 1_000 - sentAt};
  const both = {
    earliest: Math.max(offset.earliest, sample.earliest),
    latest: Math.min(offset.latest, sample.latest),
  };
  return both.earliest <= both.latest ? both : sample;
}

/** The offset to reckon with, ms: 0 as long as equal clocks explain everything seen, else the nearest value that does. */
export function offsetMs({earliest, latest}: ClockOffset): number {
  if (earliest > 0) return earliest;
  return latest < 0 ? latest : 0;
}
