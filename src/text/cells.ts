import stringWidth from 'string-width';

const ascii = /^[\x20-\x7e]*$/;
const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** How many terminal cells the text takes. */
export function cellWidth(text: string): number {
  return ascii.test(text) ? text.length : stringWidth(text);
}

/** Cuts the text to `width` cells, with `…` as the last one where something was cut. */
export function cutCells(text: string, width: number): string {
  if (width <= 0) return '';
  if (cellWidth(text) <= width) return text;
  if (ascii.test(text)) return `${text.slice(0, width - 1)}…`;
  let used = 0;
  let kept = '';
  for (const {segment} of graphemes.segment(text)) {
    const cells = cellWidth(segment);
    if (used + cells > width - 1) break;
    used += cells;
    kept += segment;
  }
  return `${kept}…`;
}

/** Exactly `width` cells: cut where longer, padded with spaces where shorter. */
export function padCells(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const cut = cutCells(text, width);
  const space = ' '.repeat(Math.max(0, width - cellWidth(cut)));
  return side === 'left' ? cut + space : space + cut;
}
