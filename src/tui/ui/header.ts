import type {Line} from './line.ts';
import {lineWidth, span, spread} from './line.ts';

/** The first row: what this is on the left, where it runs and the time on the right. `left` and `right` are in order of worth. */
export function header(title: string, left: readonly Line[], right: readonly Line[], width: number): Line {
  const begin: Line = [span(' λ ', 'accent'), span(title, 'strong')];
  const shownLeft: Line[] = [begin];
  const shownRight: Line[] = [];
  let room = width - lineWidth(begin) + 1;
  for (const [part, shown] of [
    ...right.map(part => [part, shownRight] as const),
    ...left.map(part => [part, shownLeft] as const),
  ]) {
    if (lineWidth(part) + 3 > room) continue;
    shown.push(part);
    room -= lineWidth(part) + 3;
  }
  const join = (parts: readonly Line[]) =>
    parts.flatMap((part, index) => (index === 0 ? part : [span('   '), ...part]));
  return spread(join(shownLeft), [...join([...shownRight].reverse()), span(' ')], width);
}
