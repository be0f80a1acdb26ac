import Output from '../../../node_modules/ink/build/output.js';
import {cellWidth} from '../../text/cells.ts';

/** One row's piece of a frame; `transformers` are what `Transform` elements do to it. */
type Write = {
  type: string;
  x: number;
  y: number;
  text: string;
  transformers: ((line: string, row: number) => string)[];
};
type Composer = {width: number; height: number; operations: Write[]; get(): {output: string; height: number}};

const sgr = /\x1b\[[\d;]*m/g;
/** Widths of the rows seen lately: most of a frame is as it was. */
const widths = new Map<string, number>();
const keptWidths = 2_000;

let cellByCell: Composer['get'] | undefined;

/**
 * Lets Ink join the rows of a frame as they are where nothing overlaps. Its own way takes every row apart into styled
 * cells and joins them again, in each frame, which is most of what a frame costs; it is still used under an overlay.
 */
export function composeWholeRows(): void {
  if (cellByCell) return;
  const prototype = Output.prototype as unknown as Composer;
  cellByCell = prototype.get;
  prototype.get = function get() {
    const rows = wholeRows(this);
    return rows ? {output: rows.join('\n'), height: rows.length} : cellByCell!.call(this);
  };
}

/** Undefined where pieces overlap, leave the frame, or hold more than text and styles. */
function wholeRows({operations, width, height}: Composer): string[] | undefined {
  const rows = Array.from({length: height}, () => ({text: '', cells: 0}));
  for (const {type, x, y, text, transformers} of operations) {
    if (type !== 'write') return undefined;
    for (const [index, line] of text.split('\n').entries()) {
      const piece = transformers.reduce((shown, transform) => transform(shown, index), line);
      if (piece === '') continue;
      const row = rows[y + index];
      const cells = widthOf(piece);
      if (!row || cells === undefined || x < row.cells || x + cells > width) return undefined;
      row.text += ' '.repeat(x - row.cells) + piece;
      row.cells = x + cells;
    }
  }
  return rows.map(({text}) => text.trimEnd());
}

function widthOf(piece: string): number | undefined {
  const known = widths.get(piece);
  if (known !== undefined) return known;
  const text = piece.replace(sgr, '');
  if (text.includes('\x1b')) return undefined;
  if (widths.size >= keptWidths) widths.clear();
  const cells = cellWidth(text);
  widths.set(piece, cells);
  return cells;
}
