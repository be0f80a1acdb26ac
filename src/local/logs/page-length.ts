import {eventOverhead} from './log-stream.ts';

const maxPageBytes = 1_048_576;

/** How many of these events fit a page: by number, and by size but for the first. */
export function pageLength(events: Iterable<{message: string}>, limit: number): number {
  let bytes = 0;
  let count = 0;
  for (const {message} of events) {
    bytes += Buffer.byteLength(message) + eventOverhead;
    if (count === limit || (bytes > maxPageBytes && count > 0)) return count;
    count += 1;
  }
  return count;
}
