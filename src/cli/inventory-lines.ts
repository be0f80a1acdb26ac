import type {Inventory} from '../provision/inventory.ts';
import {padCells} from '../text/cells.ts';
import {type Part, styled} from './output.ts';

const numbers = new Intl.NumberFormat('en-US');

/** What a teardown will delete, with what is in it, and what it leaves alone. */
export function inventoryLines({ours, foreign}: Inventory): Part[][] {
  const row = ({title, name}: {title: string; name: string}): Part[] => [
    '  ',
    padCells(title, 21),
    padCells(name, 36),
    '  ',
  ];
  return [
    ...(ours.length === 0 ? [] : [['Will be deleted:'] as Part[]]),
    ...ours.map((each): Part[] => [...row(each), styled('dim', contents(each))]),
    ...(ours.some(({id}) => id === 'table' || id === 'target')
      ? [['Lifecycle events from now on, the last SHUTDOWN of each environment among them, are not kept.'] as Part[]]
      : []),
    ...(foreign.length === 0 ? [] : [['Left alone:'] as Part[]]),
    ...foreign.map((each): Part[] => [...row(each), styled('yellow', each.owner)]),
  ];
}

function contents({items, more, bytes}: Inventory['ours'][number]): string {
  if (items !== undefined) return `${numbers.format(items)}${more ? '+' : ''} ${items === 1 ? 'item' : 'items'}`;
  if (bytes === undefined) return '';
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
