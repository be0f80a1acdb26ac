import type {LogMessage} from '../../lifecycle/message.ts';
import {addInOrder} from '../in-order.ts';
import {KeptLine, type LineSource} from './kept-line.ts';

/** What can be scrolled back to; the whole session is in its files. */
const mostLines = 50_000;
/** Lines may have a megabyte each: of such ones fewer are kept. */
const mostCharacters = 100_000_000;
/** The newest lines are looked at all the time and stay as they are; what is older is packed, so many at a time. */
const mostLoose = 2_000;
const packedAtOnce = 500;
const mostStreams = 1_000;

export type KeptLines = {
  /** The lines with those that have come, by time; the oldest ones go when there are too many or they are too long. */
  add(lines: readonly LogMessage[], added: readonly LogMessage[]): readonly LogMessage[];
  /** The lines of these streams with the environments that have been found to write to them. */
  join(
    lines: readonly LogMessage[],
    streams: ReadonlySet<string>,
    environmentOf: (stream: string) => string | undefined,
  ): readonly LogMessage[];
};

/** Keeps count of the characters of a list of lines that it is given again with each addition. */
export function createKeptLines(limits = {lines: mostLines, characters: mostCharacters}): KeptLines {
  let characters = 0;
  // In the order in which they came.
  let loose: KeptLine[] = [];
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
    const own = {timestamp, ingestedAt, eventId, message, ...(requestId !== undefined && {requestId})};
    return new KeptLine(sourceOf(line), own);
  };
  return {
    add(lines, added) {
      if (added.length === 0) return lines;
      const fresh = added.map(kept);
      loose.push(...fresh);
      while (loose.length >= mostLoose + packedAtOnce) KeptLine.pack(loose.splice(0, packedAtOnce));
      const all = addInOrder(lines as readonly KeptLine[], fresh, line => line.timestamp, Number.POSITIVE_INFINITY);
      for (const {length} of fresh) characters += length;
      let dropped = 0;
      while (all.length - dropped > limits.lines || (characters > limits.characters && dropped < all.length - 1)) {
        characters -= all[dropped]!.length;
        dropped += 1;
      }
      return dropped === 0 ? all : all.slice(dropped);
    },
    join(lines, streams, environmentOf) {
      if (streams.size === 0) return lines;
      const joined = new Map<KeptLine, KeptLine>();
      const all = (lines as readonly KeptLine[]).map(line => {
        const environmentId = streams.has(line.stream) ? environmentOf(line.stream) : undefined;
        if (environmentId === undefined) return line;
        const other = line.from(sourceOf({function: line.function, stream: line.stream, environmentId}));
        joined.set(line, other);
        return other;
      });
      loose = loose.map(line => joined.get(line) ?? line);
      return all;
    },
  };
}
