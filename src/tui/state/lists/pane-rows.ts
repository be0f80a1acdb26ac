import type {DashboardState} from '../app-state.ts';
import {listOf} from './pane-lists.ts';
import {rowTexts} from './row-texts.ts';

/**
 * All rows of the focused pane that its filter lets through, on the screen or not, as lines from top to bottom. The
 * newest ones, where all would be more than `most` characters; `all` counts them.
 */
export function paneRows(
  dashboard: DashboardState,
  form: 'line' | 'saved',
  most = Number.POSITIVE_INFINITY,
): {lines: string[]; all: number} {
  const {focus} = dashboard;
  const {items, newestAt} = listOf(dashboard, focus);
  const lines: string[] = [];
  let characters = 0;
  for (let taken = 0; taken < items.length; taken++) {
    const row = items.at(newestAt === 'top' ? taken : items.length - 1 - taken);
    const line = rowTexts(dashboard, focus, row)[form]();
    characters += line.length + 1;
    if (characters > most && lines.length > 0) break;
    lines.push(line.slice(0, most));
  }
  if (newestAt === 'bottom') lines.reverse();
  return {lines, all: items.length};
}
