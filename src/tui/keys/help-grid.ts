import type {AppState} from '../state/app-state.ts';
import type {Binding, Group} from './binding.ts';
import {helpColumns} from './binding.ts';
import {bindingsOf} from './bindings.ts';

/** One place in help's columns: a group's name, a key, or nothing. */
export type HelpCell = {heading: Group} | {binding: Binding} | undefined;

/** The bindings that help lists and the search finds, in the order in which the columns are read. */
export function helpBindings(state: Pick<AppState, 'replay' | 'ownBindings'>, search: string): Binding[] {
  const listed = bindingsOf(state).filter(
    binding => binding.help !== undefined && (binding.group !== 'REPLAY' || state.replay) && matches(binding, search),
  );
  return helpColumns.flat().flatMap(group => listed.filter(binding => binding.group === group));
}

/** Keys are found as they are written, words wherever they begin or go on; a single character is a key. */
function matches({shown, helpKeys, help = '', group, id}: Binding, search: string): boolean {
  const wanted = search.trim();
  const keys = `${helpKeys ?? ''} ${shown}`;
  if (wanted.length === 1) return keys.split(' ').includes(wanted) || help.startsWith(wanted);
  return `${keys} ${help} ${group} ${id}`.toLowerCase().includes(wanted.toLowerCase());
}

/** Where there is room each column has groups of its own; elsewhere the groups follow one another through the columns. */
export function helpGrid(found: readonly Binding[], columns: number): HelpCell[][] {
  const blocks = (groups: readonly Group[]) =>
    groups.map(group => block(found, group)).filter(cells => cells.length > 0);
  if (columns === helpColumns.length) return helpColumns.map(groups => joined(blocks(groups)));
  return flowed(joined(blocks(helpColumns.flat())), columns);
}

function block(found: readonly Binding[], group: Group): HelpCell[] {
  const own = found.filter(binding => binding.group === group);
  return own.length === 0 ? [] : [{heading: group}, ...own.map(binding => ({binding}))];
}

const joined = (blocks: readonly HelpCell[][]): HelpCell[] =>
  blocks.flatMap((cells, index) => (index === 0 ? cells : [undefined, ...cells]));

/** Columns of about the same height; a column neither begins nor ends with a gap, nor ends with a heading. */
function flowed(cells: readonly HelpCell[], columns: number): HelpCell[][] {
  const height = Math.max(1, Math.ceil(cells.length / columns));
  const filled: HelpCell[][] = [[]];
  for (const cell of cells) {
    const column = filled.at(-1)!;
    const isFull = column.length >= height && filled.length < columns;
    const next = isFull || (column.length === height - 1 && cell && 'heading' in cell && filled.length < columns);
    if (next) filled.push(cell ? [cell] : []);
    else if (cell || column.length > 0) column.push(cell);
  }
  return filled.map(column => (column.at(-1) ? column : column.slice(0, -1)));
}

/** Why a key does nothing at the moment; undefined for one that does. */
export function whyOff({when, off}: Binding, state: AppState): string | undefined {
  return when(state) ? off?.(state) : 'does nothing here';
}
