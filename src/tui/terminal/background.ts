/** Asks the terminal for its background colour (OSC 11); those that do not know the question do not answer. */
export const askBackground = '\x1b]11;?\x1b\\';

/** What an answer says, as in `11;rgb:ffff/ffff/dddd`; undefined for any other answer. */
export function backgroundOf(reply: string): 'dark' | 'light' | undefined {
  const match = /^11;rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(reply);
  if (!match) return undefined;
  const [red, green, blue] = match.slice(1).map(part => Number.parseInt(part, 16) / (16 ** part.length - 1));
  return 0.299 * red! + 0.587 * green! + 0.114 * blue! > 0.5 ? 'light' : 'dark';
}

/** Whether the terminal would show the question instead of answering it. */
export const canAsk = (term: string | undefined): boolean =>
  !/^(?:dumb|linux|vt\d|ansi|cons|cygwin)|^$/.test(term ?? '');
