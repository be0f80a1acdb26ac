import type {LogMessage} from '../lifecycle/message.ts';
import {addInOrder} from './in-order.ts';

/** What can be scrolled back to; the whole session is in its files. */
const mostLines = 50_000;
/** Lines may have a megabyte each: of such ones fewer are kept. */
const mostCharacters = 100_000_000;
const mostNames = 1_000;

export type KeptLines = {
  /** The lines with those that have come, by time; the oldest ones go when there are too many or they are too long. */
  add(lines: readonly LogMessage[], added: readonly LogMessage[]): readonly LogMessage[];
};

/** Keeps count of the characters of a list of lines that it is given again with each addition. */
export function createKeptLines(limits = {lines: mostLines, characters: mostCharacters}): KeptLines {
  let characters = 0;
  // Each line brings copies of the same few names, which take as much room as what it says.
  const names = new Map<string, string>();
  const one = (name: string): string => {
    const known = names.get(name);
    if (known !== undefined) return known;
    if (names.size >= mostNames) names.clear();
    names.set(name, name);
    return name;
  };
  return {
    add(lines, added) {
      if (added.length === 0) return lines;
      const thrifty = added.map(line => ({...line, function: one(line.function), stream: one(line.stream)}));
      const all = addInOrder(lines, thrifty, line => line.timestamp, Number.POSITIVE_INFINITY);
      for (const {message} of added) characters += message.length;
      let dropped = 0;
      while (all.length - dropped > limits.lines || (characters > limits.characters && dropped < all.length - 1)) {
        characters -= all[dropped]!.message.length;
        dropped += 1;
      }
      return dropped === 0 ? all : all.slice(dropped);
    },
  };
}
