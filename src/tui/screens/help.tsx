import {padCells} from '../../text/cells.ts';
import type {Binding} from '../keys/binding.ts';
import {helpColumns} from '../keys/binding.ts';
import {bindingsOf} from '../keys/bindings.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {AppState} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {fitLine, span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

/** All keys, from the table that handles them. Typing searches. */
export function HelpOverlay({
  state,
  search,
  size,
}: {
  state: AppState;
  search: string;
  size: {columns: number; rows: number};
}) {
  const found = bindingsOf(state).filter(
    binding => binding.help !== undefined && (binding.group !== 'REPLAY' || state.replay) && matches(binding, search),
  );
  const rows = size.columns >= 110 ? wide(state, found, size.columns) : narrow(state, found, size);
  const typed: Line =
    search === '' ? [span('type to search', 'muted')] : [span(safeLine(search), 'accent'), span('▏', 'accent')];
  return (
    <Overlay
      title="Help"
      right={[...typed, span(' · ', 'muted'), span('esc', 'key'), span(' closes')]}
      rows={rows}
      width={size.columns}
      size={size}
    />
  );
}

const matches = ({shown, helpKeys, help, group}: Binding, search: string) =>
  `${helpKeys ?? shown} ${help} ${group}`.toLowerCase().includes(search.trim().toLowerCase());

function entry(state: AppState, {shown, helpKeys, help = '', when, off}: Binding): Line {
  const usable = when(state) && off?.(state) === undefined;
  return [span(padCells(helpKeys ?? shown, 9), usable ? 'key' : 'muted'), span(help, usable ? 'plain' : 'muted')];
}

function wide(state: AppState, found: readonly Binding[], width: number): Line[] {
  const blocks = helpColumns.map(groups =>
    groups.flatMap(group => {
      const own = found.filter(binding => binding.group === group);
      return own.length === 0 ? [] : [[span(group, 'strong')], ...own.map(one => entry(state, one)), []];
    }),
  );
  const cells = Math.floor((width - 8) / 4);
  const height = Math.max(...blocks.map(({length}) => length), 1);
  const lines = Array.from({length: height}, (_, row) => [
    span('   '),
    ...blocks.flatMap(block => [...fitLine(block[row] ?? [], cells - 1), span(' ')]),
  ]);
  return [
    [],
    ...lines,
    [span('   Grey keys do nothing here. The list is the table that handles the keys.', 'muted')],
    [],
  ];
}

/** Three columns, the headings left out. */
function narrow(state: AppState, found: readonly Binding[], size: {columns: number; rows: number}): Line[] {
  const perRow = size.columns >= 80 ? 3 : 2;
  const cells = Math.floor((size.columns - 4) / perRow);
  const height = Math.max(1, Math.ceil(found.length / perRow));
  return Array.from({length: height}, (_, row) => [
    span(' '),
    ...Array.from({length: perRow}, (_, column) => found[column * height + row]).flatMap(binding => [
      ...fitLine(binding ? entry(state, binding) : [], cells - 1),
      span(' '),
    ]),
  ]);
}
