import {breakText} from './wrap.ts';

const known = new WeakMap<readonly string[], {width: number; rows: readonly string[]}>();

/** Lines of safe text as rows of at most `width` cells; what continues a line is indented as it is, and two more. */
export function textRows(text: readonly string[], width: number): readonly string[] {
  let wrapped = known.get(text);
  if (wrapped?.width !== width) {
    wrapped = {width, rows: text.flatMap(line => rowsOf(line, width))};
    known.set(text, wrapped);
  }
  return wrapped.rows;
}

function rowsOf(line: string, width: number): string[] {
  const spaces = line.length - line.trimStart().length + 2;
  const indent = ' '.repeat(Math.min(spaces, Math.floor(width / 2)));
  const rows: string[] = [];
  let rest = line;
  do {
    const before = rows.length === 0 ? '' : indent;
    // Only a piece at a time: measuring all that is left for each row is what a long line would cost.
    const piece = rest.slice(0, width * 2);
    const [row, after] = breakText(piece, width - before.length);
    rows.push(before + row);
    rest = (row === '' ? after.slice(1) : after) + rest.slice(piece.length);
  } while (rest !== '');
  return rows;
}

/** The first row to show after a key that scrolls; undefined for any other key. */
export function scrolled(top: number, key: string, rows: number, height: number): number | undefined {
  const half = Math.max(1, Math.floor(height / 2));
  const last = Math.max(0, rows - height);
  const steps: Readonly<Record<string, number>> = {
    j: 1,
    down: 1,
    k: -1,
    up: -1,
    'ctrl+d': half,
    pagedown: half,
    'ctrl+f': half,
    'ctrl+u': -half,
    pageup: -half,
    'ctrl+b': -half,
    g: -last,
    home: -last,
    G: last,
    end: last,
  };
  const step = steps[key];
  return step === undefined ? undefined : Math.min(Math.max(0, top + step), last);
}
