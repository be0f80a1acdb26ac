import type {Inventory} from '../../provision/inventory.ts';
import {padCells} from '../../text/cells.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {count} from './clock.ts';
import {safeLine} from './safe-line.ts';

type Ours = Inventory['ours'][number];

export type InventoryRowOptions = {
  /** Cells of the whole row; narrow ones go without the title. */
  width: number;
  live?: number;
  /** Its events are written to a file first. */
  keep: boolean;
};

/** One resource that will be deleted, with what is in it. */
export function inventoryRow(row: Ours, options: InventoryRowOptions): Line {
  return [
    span('   ✕ ', 'gone'),
    ...columns(row, options.width, 'plain', 'strong'),
    span(` ${contents(row, options)}`, 'muted'),
  ];
}

/** One that stays, and whose it is. */
export function foreignRow(row: Inventory['foreign'][number], width: number): Line {
  return [
    span('   – ', 'muted'),
    ...columns(row, width, 'muted', 'plain'),
    span(` stays: ${safeLine(row.owner)}`, 'soon'),
  ];
}

const columnCells = (width: number): [title: number, name: number] =>
  width >= 86 ? [20, 34] : width >= 76 ? [20, 31] : [0, 34];

function columns({title, name}: {title: string; name: string}, width: number, first: Tone, second: Tone): Line {
  const [titleCells, nameCells] = columnCells(width);
  return [span(padCells(safeLine(title), titleCells), first), span(padCells(safeLine(name), nameCells), second)];
}

function contents({id, items, more, bytes}: Ours, {live, keep, width}: InventoryRowOptions): string {
  const fits = (text: string) => text.length < width - 5 - columnCells(width).reduce((sum, cells) => sum + cells);
  if (id === 'target' && live !== undefined && live > 0) {
    const whole = `${live} live: get SHUTDOWN`;
    return fits(whole) ? whole : `${live} live`;
  }
  if (items !== undefined) {
    const many = `${count(items)}${more ? '+' : ''} ${items === 1 && !more ? 'event' : 'events'}`;
    if (items === 0) return 'no events';
    const whole = `${many}, ${keep ? 'kept' : 'not kept'}`;
    return fits(whole) ? whole : many;
  }
  return bytes === undefined ? '' : `${size(bytes)} of logs`;
}

/** `0 B`, `12.4 kB`, `3.1 MB`. */
function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
