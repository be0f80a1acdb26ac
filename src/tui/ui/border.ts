import {cellWidth, cutCells} from '../../text/cells.ts';
import type {Line} from './line.ts';
import {fitLine, lineWidth, span} from './line.ts';

/** Heavy is focus, round is rest: told apart without colour. */
const heavy = {topLeft: '┏', topRight: '┓', bottomLeft: '┗', bottomRight: '┛', across: '━', down: '┃'};
const round = {topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯', across: '─', down: '│'};

export type Frame = {
  width: number;
  height: number;
  title: string;
  /** At the right end of the top border. */
  right?: Line;
  /** At the right end of the bottom border. */
  hint?: Line;
  focused: boolean;
  /** Inner rows, `width − 2` cells at most; missing ones are blank, surplus ones are left out. */
  rows: readonly Line[];
};

/** A pane as exactly `height` lines of exactly `width` cells, titles in the border. */
export function framed({width, height, title, right = [], hint = [], focused, rows}: Frame): Line[] {
  const style = focused ? heavy : round;
  const tone = focused ? 'accent' : 'muted';
  const inner = Math.max(0, width - 2);
  const body = Array.from({length: Math.max(0, height - 2)}, (_, index) => [
    span(style.down, tone),
    ...fitLine(rows[index] ?? [], inner),
    span(style.down, tone),
  ]);
  const heading = edge(width, [style.topLeft, style.across, style.topRight], focused, title, right);
  const footing = edge(width, [style.bottomLeft, style.across, style.bottomRight], focused, '', hint);
  return [heading, ...body, footing];
}

function edge(
  width: number,
  [start, across, end]: readonly [string, string, string],
  focused: boolean,
  title: string,
  right: Line,
): Line {
  const tone = focused ? 'accent' : 'muted';
  const shownTitle = title === '' ? '' : ` ${cutCells(title, Math.max(0, width - 6))} `;
  const titleCells = cellWidth(shownTitle);
  const room = width - 4 - titleCells;
  const rightCells = lineWidth(right) + 2;
  const shownRight: Line = right.length > 0 && rightCells < room ? [span(' '), ...right, span(' ')] : [];
  const fill = Math.max(0, room - lineWidth(shownRight));
  const line: Line = [
    span(start + across, tone),
    span(shownTitle, focused ? 'strong' : 'plain'),
    span(across.repeat(fill), tone),
    ...shownRight,
    span(across + end, tone),
  ];
  return fitLine(line, width);
}
