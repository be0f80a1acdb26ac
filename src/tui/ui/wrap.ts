import {splitCells} from '../../text/cells.ts';
import type {Line, Span} from './line.ts';
import {lineWidth, span} from './line.ts';

/** A line is broken at a space that is no further than this from its edge. */
const nearestWord = 16;

/** A line as lines of at most `width` cells; the last of `most` ends with `…` where there is more. */
export function wrapLine(line: Line, width: number, most: number): Line[] {
  const lines: Span[][] = [[]];
  let left = width;
  for (const {text, tone} of line) {
    for (let rest = text; rest !== ''; ) {
      const [first, after] = breakText(rest, left);
      if (first !== '') lines.at(-1)!.push(span(first, tone));
      left -= lineWidth([span(first)]);
      // What does not even fit into an empty line cannot be shown.
      rest = first === '' && left === width ? rest.slice(1) : after;
      if (rest === '') continue;
      if (lines.length === most) return ended(lines, width);
      lines.push([]);
      left = width;
    }
  }
  return lines;
}

/** What fits into `cells`, to the end of a word if there is one near, and what is left for the next line. */
export function breakText(text: string, cells: number): [first: string, rest: string] {
  const [first, rest] = splitCells(text, cells);
  if (rest === '') return [first, rest];
  if (rest.startsWith(' ')) return [first, rest.slice(1)];
  const space = first.lastIndexOf(' ');
  if (space <= 0 || space < first.length - nearestWord) return [first, rest];
  return [first.slice(0, space), first.slice(space + 1) + rest];
}

function ended(lines: Span[][], width: number): Line[] {
  const last = lines.at(-1)!;
  const kept = splitSpans(last, width - 1);
  return [...lines.slice(0, -1), [...kept[0], span('…', last.at(-1)?.tone)]];
}

/** The line without its first `cells`; `…` stands for what is out of sight. */
export function slideLine(line: Line, cells: number): Line {
  if (cells <= 0 || lineWidth(line) === 0) return line;
  const [, rest] = splitSpans(line, cells + 1);
  return [span('…', 'muted'), ...rest];
}

/** The spans of the first `cells` cells and those behind. */
function splitSpans(line: Line, cells: number): [Line, Line] {
  const before: Span[] = [];
  const behind: Span[] = [];
  let left = cells;
  for (const {text, tone} of line) {
    const [first, rest] = splitCells(text, left);
    left = rest === '' ? left - lineWidth([span(first)]) : 0;
    if (first !== '') before.push(span(first, tone));
    if (rest !== '') behind.push(span(rest, tone));
  }
  return [before, behind];
}
