import {safeLine} from '../presentation/safe-line.ts';
import type {List} from '../ui/viewport.ts';
import {currentIndex} from '../ui/viewport.ts';
import type {AppState} from './app-state.ts';
import {paneLists} from './pane-lists.ts';

export type CurrentRow = {title: string; text: string[]; copy: string};

/** The row under the cursor of the focused pane: its members one by one, and what copying it gives. */
export function currentRow({dashboard}: AppState): CurrentRow | undefined {
  if (!dashboard) return undefined;
  const {focus, views} = dashboard;
  const list = paneLists[focus](dashboard) as List<Record<string, unknown>>;
  const row = list.items[currentIndex(list, views[focus])];
  if (!row) return undefined;
  const members = Object.entries(row).filter(([name, value]) => !hidden.has(name) && value !== undefined);
  const longest = Math.max(...members.map(([name]) => name.length));
  const text = members.map(([name, value]) => `${name.padEnd(longest)}  ${shown(value)}`);
  return {title: titles[focus], text, copy: copied[focus](row)};
}

const hidden = new Set(['v', 'type', 'activities', 'key']);
const titles = {environments: 'Environment', requests: 'Request', events: 'Event', logs: 'Log line'};
const copied = {
  environments: (row: Record<string, unknown>) => plain(row.id),
  requests: (row: Record<string, unknown>) => plain(row.requestId),
  events: (row: Record<string, unknown>) => safeLine(JSON.stringify(row)),
  logs: (row: Record<string, unknown>) => plain(row.message),
};

const plain = (value: unknown) => safeLine(String(value ?? ''));

function shown(value: unknown): string {
  if (typeof value === 'number' && value > 1e12) return new Date(value).toISOString();
  return safeLine(typeof value === 'object' ? JSON.stringify(value) : String(value));
}
