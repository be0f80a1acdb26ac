import type {LogMessage} from '../../lifecycle/message.ts';
import {ChunkedList, type Rows} from '../chunked-list.ts';
import {placedInOrder} from '../in-order.ts';
import {KeptLine, type LineSource} from './kept-line.ts';
import {LineBlock, type Texts} from './line-block.ts';

/** What can be scrolled back to; the whole session is in its files. */
const mostLines = 50_000;
/** Lines may have a megabyte each: of such ones fewer are kept. */
const mostCharacters = 100_000_000;
const mostStreams = 1_000;

export type KeptLines = {
  /** The lines with those that have come, by time; the oldest ones go when there are too many or they are too long. */
  add(added: readonly LogMessage[]): Rows<LogMessage>;
  /** The lines, those of these streams with the environments that have been found to write to them. */
  join(streams: ReadonlySet<string>, environmentOf: (stream: string) => string | undefined): Rows<LogMessage>;
};

/** Lists that were given out stay as they are. */
export function createKeptLines(limits = {lines: mostLines, characters: mostCharacters}): KeptLines {
  let lines = ChunkedList.of<KeptLine>([]);
  let characters = 0;
  const scratch = {bytes: Buffer.allocUnsafe(256 * 1024)};
  let block = new LineBlock(scratch);
  // Each line brings copies of the same few names, which take as much room as what it says.
  const sources = new Map<string, LineSource>();
  const sourceOf = (line: LineSource): LineSource => {
    const {stream, environmentId} = line;
    const key = `${line.function} ${stream} ${environmentId ?? ''}`;
    let source = sources.get(key);
    if (!source) {
      source = {function: line.function, stream, ...(environmentId !== undefined && {environmentId})};
      if (sources.size >= mostStreams) sources.clear();
      sources.set(key, source);
    }
    return source;
  };
  const kept = (line: LogMessage): KeptLine => {
    const {timestamp, ingestedAt, eventId, message, requestId} = line;
    if (block.isFull) block = new LineBlock(scratch);
    const texts: Texts =
      requestId === undefined ? [ingestedAt, eventId, message] : [ingestedAt, eventId, message, requestId];
    return new KeptLine(sourceOf(line), block, block.add(timestamp, texts));
  };
  return {
    add(added) {
      if (added.length === 0) return lines;
      const fresh = added.map(kept);
      const {kept: before, tail} = placedInOrder(lines, fresh, line => line.timestamp);
      const all = lines.upTo(before, tail);
      for (const {length} of fresh) characters += length;
      let dropped = 0;
      while (all.length - dropped > limits.lines || (characters > limits.characters && dropped < all.length - 1)) {
        characters -= all.at(dropped)!.length;
        dropped += 1;
      }
      lines = all.from(dropped);
      return lines;
    },
    join(streams, environmentOf) {
      if (streams.size === 0) return lines;
      lines = lines.changed(line => {
        const environmentId = streams.has(line.stream) ? environmentOf(line.stream) : undefined;
        if (environmentId === undefined) return line;
        return line.from(sourceOf({function: line.function, stream: line.stream, environmentId}));
      });
      return lines;
    },
  };
}
