import chalk, {type ColorName} from 'chalk';
import type {Look, Theme} from '../theme.ts';
import type {Line} from './line.ts';

/** Lines as text for the terminal, in the colours it has. */
export const paint = (lines: readonly Line[], theme: Theme): string =>
  lines.map(line => line.map(({text, tone}) => styled(text, theme[tone])).join('')).join('\r\n');

/** As the renderer does it, so that its own first frame changes nothing. */
function styled(text: string, {color, bold, dimColor, inverse}: Look): string {
  let painted = text;
  if (dimColor) painted = chalk.dim(painted);
  if (color) painted = color.startsWith('#') ? chalk.hex(color)(painted) : chalk[color as ColorName](painted);
  if (bold) painted = chalk.bold(painted);
  return inverse ? chalk.inverse(painted) : painted;
}
