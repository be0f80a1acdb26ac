import type {Line, Span} from './line.ts';
import {lineText, span} from './line.ts';
import type {Filter} from './matches.ts';

/** The line with what the filter looks for in it standing out. */
export function highlight(line: Line, filter: Filter): Line {
  const ranges = filter.ranges(lineText(line));
  if (ranges.length === 0) return line;
  const pieces: Span[] = [];
  let at = 0;
  for (const {text, tone} of line) {
    const end = at + text.length;
    const inside = ranges.filter(([from, to]) => from < end && to > at);
    let done = at;
    for (const [from, to] of inside) {
      pieces.push(span(text.slice(done - at, Math.max(from, at) - at), tone));
      done = Math.min(to, end);
      pieces.push(span(text.slice(Math.max(from, at) - at, done - at), 'match'));
    }
    pieces.push(span(text.slice(done - at), tone));
    at = end;
  }
  return pieces.filter(({text}) => text !== '');
}
