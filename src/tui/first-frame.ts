import type {Glyphs} from '../text/ascii.ts';
import {menuLines} from './screens/menu-lines.ts';
import type {AppState} from './state/app-state.ts';
import {leastSize} from './state/layout.ts';
import {themes} from './theme.ts';
import {footer} from './ui/footer.ts';
import {fitLine} from './ui/line.ts';
import {paint} from './ui/paint.ts';

const home = '\x1b[H';
const hideCursor = '\x1b[?25l';
export const enterAlternateScreen = '\x1b[?1049h';
/** For a start that fails before the renderer has the screen. */
export const leaveFirstFrame = '\x1b[?1049l\x1b[?25h';

/**
 * The menu as text: on the screen while the renderer, most of what a start takes, is still being loaded. Nothing where
 * the menu does not fit, or a recording begins.
 */
export function firstFrame(state: AppState, glyphs: Glyphs): string {
  const {size, replay} = state;
  if (replay || size.columns < leastSize.columns || size.rows < leastSize.rows) return enterAlternateScreen;
  const lines = [...menuLines(state, size), fitLine(footer(state, size.columns), size.columns)];
  return (
    enterAlternateScreen +
    hideCursor +
    home +
    lines.map(line => paint(line, themes[state.theme], glyphs)).join('\r\n') +
    home
  );
}
