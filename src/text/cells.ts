import stringWidth from 'string-width';

/**
 * Inside a character class: one cell each on every terminal, whatever stands beside them. Latin, Greek, dashes, arrows, box
 * drawing, blocks, braille and marks.
 */
export const sureCells =
  '\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u0391-\\u03c9\\u2010-\\u2026\\u2190-\\u21ff\\u2248\\u2303\\u2500-\\u25cf\\u2713\\u2715\\u2800-\\u28ff';
const narrow = new RegExp(`^[${sureCells}]*$`);

/** Whether every terminal agrees on the cells that the text takes: one a character. */
export const isSure = (text: string): boolean => narrow.test(text);

let graphemes: Intl.Segmenter | undefined;
/** No screen is as wide, and measuring a megabyte takes seconds. */
const longestMeasured = 4_096;

/** Whether the text takes more cells than `width`; much longer text is not measured. */
export const isWider = (text: string, width: number): boolean =>
  text.length > longestMeasured || cellWidth(text) > width;

/** Scripts of India to Cambodia: terminals give each of their letters its cells, joined to one shape or not. */
const conjoining = /[\u0900-\u0eff\u1000-\u109f\u1780-\u17ff]/;

/** How many terminal cells the text takes. */
export function cellWidth(text: string): number {
  if (narrow.test(text)) return text.length;
  if (!conjoining.test(text)) return stringWidth(text);
  let cells = 0;
  for (const character of text) cells += stringWidth(character);
  return cells;
}

/** Cuts the text to `width` cells, with `…` as the last one where something was cut. */
export function cutCells(text: string, width: number): string {
  if (width <= 0) return '';
  if (!isWider(text, width)) return text;
  if (narrow.test(text)) return `${text.slice(0, width - 1)}…`;
  // Made when it is needed: loading its data takes longer than drawing the first screen's texts.
  graphemes ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  let used = 0;
  let kept = '';
  for (const {segment} of graphemes.segment(text.slice(0, longestMeasured))) {
    const cells = cellWidth(segment);
    if (used + cells > width - 1) break;
    used += cells;
    kept += segment;
  }
  return `${kept}…`;
}

/** The text's first `width` cells and the rest; a character that would be cut in half goes to the rest. */
export function splitCells(text: string, width: number): [first: string, rest: string] {
  if (width <= 0) return ['', text];
  if (narrow.test(text)) return [text.slice(0, width), text.slice(width)];
  graphemes ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  let used = 0;
  for (const {segment, index} of graphemes.segment(text.slice(0, longestMeasured))) {
    used += cellWidth(segment);
    if (used > width) return [text.slice(0, index), text.slice(index)];
  }
  return [text.slice(0, longestMeasured), text.slice(longestMeasured)];
}

/** Exactly `width` cells: cut where longer, padded with spaces where shorter. */
export function padCells(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const cut = cutCells(text, width);
  const space = ' '.repeat(Math.max(0, width - cellWidth(cut)));
  return side === 'left' ? cut + space : space + cut;
}
