import Output from '../../../node_modules/ink/build/output.js';
import {cellWidth, isSure} from '../../text/cells.ts';
import {anchored, cellsOf} from './styled-row.ts';

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
type Measure = {cells: number; sure: boolean};
/** Of the rows of the last frames: most of a frame is as it was. */
const measures = new Map<string, Measure>();
const keptMeasures = 300;

let cellByCell: Composer['get'] | undefined;

/**
 * Lets Ink join the rows of a frame as they are. Its own way takes every row apart into styled cells and joins them
 * again, in each frame, which is most of what a frame costs. Here also each row is made to look the same on terminals
 * that measure its characters differently.
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

/** Undefined where pieces leave the frame, or hold more than text and styles. */
function wholeRows({operations, width, height}: Composer): string[] | undefined {
  const rows = Array.from({length: height}, () => ({text: '', cells: 0, sure: true}));
  for (const {type, x, y, text, transformers} of operations) {
    if (type !== 'write') return undefined;
    for (const [index, line] of text.split('\n').entries()) {
      const piece = transformers.reduce((shown, transform) => transform(shown, index), line);
      if (piece === '') continue;
      const row = rows[y + index];
      const measured = measureOf(piece);
      if (!row || !measured || x < 0 || x + measured.cells > width) return undefined;
      const end = x + measured.cells;
      const before = x < row.cells ? cellsOf(row.text, 0, x) : row.text + ' '.repeat(x - row.cells);
      const after = end < row.cells ? cellsOf(row.text, end, row.cells) : '';
      row.text = before + piece + after;
      row.cells = Math.max(row.cells, end);
      row.sure &&= measured.sure;
    }
  }
  return rows.map(({text, sure}) => (sure ? text.trimEnd() : anchored(text.trimEnd())));
}

function measureOf(piece: string): Measure | undefined {
  const known = measures.get(piece);
  if (known) return known;
  const text = piece.replace(sgr, '');
  if (text.includes('\x1b')) return undefined;
  if (measures.size >= keptMeasures) measures.clear();
  const measured = {cells: cellWidth(text), sure: isSure(text)};
  measures.set(piece, measured);
  return measured;
}
