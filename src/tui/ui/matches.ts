import {readPattern} from '../../text/pattern/pattern.ts';

/** What was typed as a filter, read. */
export type Filter = {
  typed: string;
  /** Nothing was typed: everything is shown, nothing is highlighted. */
  empty: boolean;
  inverted: boolean;
  regex: boolean;
  /** A capital letter was typed, so that case matters. */
  exactCase: boolean;
  /** What is looked for, where that is plain text and not inverted. */
  text?: string;
  /** Why it is taken as plain text although it looks like a regular expression. */
  problem?: string;
  /** Whether a row is shown of which these are the texts: one of them matches, or none where it is inverted. */
  shows(texts: readonly string[]): boolean;
  /** The parts of the text that match, from left to right; none where it is inverted. */
  ranges(text: string): readonly (readonly [start: number, end: number])[];
};

/** No line is looked at beyond this many characters: lines of a megabyte are no work. */
export const longestLooked = 4_000;

const remembered = 16;
const known = new Map<string, Filter>();

/**
 * Reads a filter: a leading `!` inverts it, and it is a regular expression where it is a valid one. Case
 * matters once a capital letter is typed: `shut` finds SHUTDOWN, `SHUT` does not find shutdown.
 */
export function readFilter(typed: string): Filter {
  let filter = known.get(typed);
  if (!filter) {
    filter = read(typed);
    if (known.size >= remembered) known.delete(known.keys().next().value!);
    known.set(typed, filter);
  }
  return filter;
}

/** Whether a single text is shown. */
export function matcher(typed: string): (text: string) => boolean {
  const {shows} = readFilter(typed);
  return text => shows([text]);
}

type Matcher = Pick<Filter, 'regex' | 'problem' | 'ranges'> & {test(text: string): boolean};

function read(typed: string): Filter {
  const inverted = typed.startsWith('!');
  const pattern = inverted ? typed.slice(1) : typed;
  if (pattern === '')
    return {typed, empty: true, inverted, regex: false, exactCase: false, shows: () => true, ranges: () => []};
  const exactCase = /\p{Lu}/u.test(pattern.replace(/\\./g, ''));
  const {test, ranges, ...about} = readMatcher(pattern, !exactCase);
  const matches = (text: string) => test(text.slice(0, longestLooked));
  return {
    ...about,
    ...(!about.regex && !inverted && {text: pattern}),
    typed,
    exactCase,
    empty: false,
    inverted,
    shows: texts => texts.some(matches) !== inverted,
    ranges: text => (inverted ? [] : ranges(text.slice(0, longestLooked))),
  };
}

function readMatcher(pattern: string, ignoreCase: boolean): Matcher {
  if (!/[\\^$.*+?()[\]{}|]/.test(pattern)) return literal(pattern, ignoreCase);
  const read = readPattern(pattern, ignoreCase);
  return 'unusable' in read ? {...literal(pattern, ignoreCase), problem: read.unusable} : {...read, regex: true};
}

/** Plain text is found by the built-in search: it never goes back. */
function literal(text: string, ignoreCase: boolean): Matcher {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const once = new RegExp(escaped, ignoreCase ? 'i' : '');
  const all = new RegExp(escaped, ignoreCase ? 'gi' : 'g');
  return {
    regex: false,
    test: line => once.test(line),
    ranges: line => [...line.matchAll(all)].map(({index, 0: {length}}) => [index, index + length] as const),
  };
}
