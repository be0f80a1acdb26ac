import {cellWidth, sureCells} from '../../text/cells.ts';

/** A row in pieces: a style, text that is as wide on every terminal, or text that each measures by its own tables. */
const pieces = new RegExp(`(\\x1b\\[[\\d;]*m)|([${sureCells}]+)|[^${sureCells}\\x1b]+`, 'gu');
let graphemes: Intl.Segmenter | undefined;

/**
 * The row with the cursor sent to its column behind everything that terminals measure differently: of a newer Unicode
 * than theirs they draw nothing or one cell for two. What follows, the border most of all, stands where it belongs.
 */
export function anchored(row: string): string {
  let column = 0;
  return row.replace(pieces, (piece: string, style: string | undefined, sure: string | undefined) => {
    if (style !== undefined) return style;
    column += sure?.length ?? cellWidth(piece);
    return sure ?? `${piece}\x1b[${column + 1}G`;
  });
}

/** The cells from `from` to `to` of a row, in the styles they have in it; half a character is a space. */
export function cellsOf(row: string, from: number, to: number): string {
  let column = 0;
  return row.replace(pieces, (piece: string, style: string | undefined, sure: string | undefined) => {
    if (style !== undefined) return style;
    const [start, end] = [from - column, to - column];
    column += sure?.length ?? cellWidth(piece);
    return sure === undefined ? charactersOf(piece, start, end) : sure.slice(Math.max(0, start), Math.max(0, end));
  });
}

function charactersOf(text: string, from: number, to: number): string {
  // Made when it is needed: loading its data takes longer than drawing a screen.
  graphemes ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  let column = 0;
  let cut = '';
  for (const {segment} of graphemes.segment(text)) {
    const cells = cellWidth(segment);
    const inside = Math.min(to, column + cells) - Math.max(from, column);
    // What takes no cell belongs to the character before it.
    if (cells === 0 ? column > from && column <= to : inside === cells) cut += segment;
    else cut += ' '.repeat(Math.max(0, inside));
    column += cells;
  }
  return cut;
}
