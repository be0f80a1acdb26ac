import chalk, {type ChalkInstance, type ColorName} from 'chalk';
import {type Glyphs, inGlyphs} from '../../text/ascii.ts';
import {sanitizeLine} from '../../text/sanitize.ts';
import type {Look, Theme} from '../theme.ts';
import type {Line} from './line.ts';

/** One line as text for the terminal, in the colours and glyphs it has. Neighbours of one tone share their codes. */
export function paint(line: Line, theme: Theme, glyphs: Glyphs, pen: ChalkInstance = chalk): string {
  let painted = '';
  for (let index = 0; index < line.length; ) {
    const {tone} = line[index]!;
    let text = '';
    for (; line[index]?.tone === tone; index += 1) text += line[index]!.text;
    painted += styled(inGlyphs(safe(text), glyphs), theme[tone], pen);
  }
  return painted;
}

/** The texts of a line are safe already. Should one not be, its row is crooked, and the terminal still is not touched. */
const safe = (text: string): string => (acting.test(text) ? sanitizeLine(text) : text);
const acting = /[\x00-\x1f\x7f-\x9f]/;

function styled(text: string, {color, basic, bold, dimColor, inverse}: Look, pen: ChalkInstance): string {
  let painted = text;
  if (dimColor) painted = pen.dim(painted);
  if (color) painted = coloured(painted, color, basic, pen);
  if (bold) painted = pen.bold(painted);
  return inverse ? pen.inverse(painted) : painted;
}

/** Sixteen colours are the user's own: the nearest by value may be one that cannot be read on their background. */
function coloured(text: string, color: string, basic: ColorName | undefined, pen: ChalkInstance): string {
  return pen.level === 1 && basic ? pen[basic](text) : pen.hex(color)(text);
}
