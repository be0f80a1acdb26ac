import type {LogMessage} from '../../lifecycle/message.ts';
import {ChunkedList} from '../chunked-list.ts';
import {placedInOrder} from '../in-order.ts';
import type {Rows} from '../rows.ts';
import {KeptLine, plainLine} from './kept-line.ts';
import {LineBlock, type Texts} from './line-block.ts';
import {blockOf, indexOf, keyOf, LineList} from './line-list.ts';

/** What can be scrolled back to; the whole session is in its files. */
const mostLines = 50_000;
/** Lines may have a megabyte each: of such ones fewer are kept. */
const mostCharacters = 100_000_000;
const scratchBytes = 256 * 1024;

export type KeptLines = {
  /** The lines with those that have come, by time; the oldest ones go when there are too many or they are too long. */
  add(added: readonly LogMessage[]): Rows<LogMessage>;
  /** The lines, those of these streams with the environments that have been found to write to them. */
  join(streams: ReadonlySet<string>, environmentOf: (stream: string) => string | undefined): Rows<LogMessage>;
};

/** Lists that were given out stay as they are. */
export function createKeptLines(limits = {lines: mostLines, characters: mostCharacters}): KeptLines {
  const scratch = {bytes: Buffer.allocUnsafe(scratchBytes)};
  let blocks: ReadonlyMap<number, LineBlock> = new Map();
  /** How many lines of each block are in the list. */
  const inList = new Map<number, number>();
  let newest = -1;
  let characters = 0;
  let lines = new LineList(ChunkedList.of<number>([]), blocks);

  const blockFor = (key: number): LineBlock => blocks.get(blockOf(key))!;
  const timestampOf = (key: number): number => blockFor(key).timestamp(indexOf(key));

  const beginBlock = (): void => {
    const used = [...blocks].filter(([block]) => inList.get(block)! > 0);
    for (const block of inList.keys()) if (inList.get(block) === 0) inList.delete(block);
    newest += 1;
    blocks = new Map([...used, [newest, new LineBlock(scratch)]]);
    inList.set(newest, 0);
  };

  /** Writes a line down; its key. */
  const write = (line: LogMessage): number => {
    if (blocks.get(newest)?.isFull !== false) beginBlock();
    const {timestamp, ingestedAt, eventId, message, requestId} = line;
    const texts: Texts =
      requestId === undefined ? [ingestedAt, eventId, message] : [ingestedAt, eventId, message, requestId];
    inList.set(newest, inList.get(newest)! + 1);
    characters += message.length;
    return keyOf(newest, blocks.get(newest)!.add(line, timestamp, texts));
  };

  const forget = (key: number): void => {
    const block = blockOf(key);
    inList.set(block, inList.get(block)! - 1);
    characters -= blockFor(key).length(indexOf(key));
  };

  const settle = (keys: ChunkedList<number>): Rows<LogMessage> => {
    lines = new LineList(keys, blocks);
    return lines;
  };

  return {
    add(added) {
      if (added.length === 0) return lines;
      const {kept, tail} = placedInOrder(lines.rowKeys, added.map(write), timestampOf);
      const all = lines.rowKeys.upTo(kept, tail);
      let dropped = 0;
      while (all.length - dropped > limits.lines || (characters > limits.characters && dropped < all.length - 1)) {
        forget(all.at(dropped)!);
        dropped += 1;
      }
      return settle(all.from(dropped));
    },
    join(streams, environmentOf) {
      if (streams.size === 0) return lines;
      const joined = (key: number): number => {
        const {stream} = blockFor(key).source(indexOf(key));
        const environmentId = streams.has(stream) ? environmentOf(stream) : undefined;
        if (environmentId === undefined) return key;
        // Written down again, so that who knows the line by its key takes it for another.
        const line = new KeptLine(blockFor(key), indexOf(key));
        forget(key);
        return write({...plainLine(line), environmentId});
      };
      return settle(lines.rowKeys.changed(joined));
    },
  };
}
