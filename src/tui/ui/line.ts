import {cellWidth, cutCells, isWider} from '../../text/cells.ts';

/** What a piece of text means; the theme says how that looks. */
export type Tone =
  | 'plain'
  | 'muted'
  | 'strong'
  | 'accent'
  | 'key'
  | 'init'
  | 'invoke'
  | 'idle'
  | 'soon'
  | 'late'
  | 'gone'
  | 'error'
  | 'ok'
  | 'match';

export type Span = {text: string; tone: Tone};

/** One row of the screen. Its texts are already safe to print. */
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({text, tone});

export const lineWidth = (line: Line): number => line.reduce((sum, {text}) => sum + cellWidth(text), 0);

/** Exactly `width` cells: cut with `…` where words are lost, or padded with spaces. */
export function fitLine(line: Line, width: number): Line {
  const fitted: Span[] = [];
  let left = width;
  for (const [index, one] of line.entries()) {
    const cells = isWider(one.text, left) ? Number.POSITIVE_INFINITY : cellWidth(one.text);
    const more = line.slice(index + 1).some(({text}) => text.trim() !== '');
    if (cells > left || (cells === left && more)) {
      fitted.push(span(cutCells(more ? `${one.text}  ` : one.text, left), one.tone));
      break;
    }
    fitted.push(one);
    left -= cells;
  }
  const space = width - lineWidth(fitted);
  return space > 0 ? [...fitted, span(' '.repeat(space))] : fitted;
}

/** `left` at the left edge and `right` at the right one; where both do not fit, `left` is cut. */
export function spread(left: Line, right: Line, width: number): Line {
  const rightWidth = lineWidth(right);
  if (rightWidth >= width) return fitLine(left, width);
  return [...fitLine(left, width - rightWidth), ...right];
}

export const lineText = (line: Line): string => line.map(({text}) => text).join('');
