import {padCells} from '../../text/cells.ts';
import type {Binding} from '../keys/binding.ts';
import {nameOf} from '../keys/commands.ts';
import {type HelpCell, helpBindings, helpGrid, whyOff} from '../keys/help-grid.ts';
import {recordingWords} from '../presentation/recorded-words.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {AppState, Overlay as OverlayState} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {fitLine, span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type HelpState = Extract<OverlayState, {kind: 'help'}>;
type Props = {state: AppState; overlay: HelpState; size: {columns: number; rows: number}};

/** All keys, from the table that handles them. Typing searches, arrows choose one to be told in full. */
export function HelpOverlay({state, overlay, size}: Props) {
  const {search} = overlay;
  const found = helpBindings(state, search);
  const chosen = found[Math.min(overlay.selected, found.length - 1)];
  const below = lastLines(state, chosen, size);
  const above: Line[] = size.rows >= 30 ? [[]] : [];
  const room = size.rows - 2 - above.length - below.length;
  const most = size.columns >= 110 ? 4 : size.columns >= 80 ? 3 : 2;
  // What a search leaves stands in one column, with room for the reasons.
  const list = search === '' ? undefined : helpGrid(found, 1);
  const grid = list && list[0]!.length <= room ? list : helpGrid(found, most);
  const columns = grid === list ? 1 : most;
  const height = Math.max(...grid.map(({length}) => length), 1);
  const top = scrolledTo(grid, chosen, height, room);
  const cells = Math.floor((size.columns - 3) / columns);
  const lines = Array.from(
    {length: Math.min(room, height)},
    (_, row): Line => [
      span(' '),
      ...grid.flatMap(column => [
        ...fitLine(cellLine(state, column[top + row], chosen, columns === 1), cells - 1),
        span(' '),
      ]),
    ],
  );
  const typed: Line =
    search === '' ? [span('type to search', 'muted')] : [span(safeLine(search), 'accent'), span('▏', 'accent')];
  return (
    <Overlay
      title="Help"
      right={[...typed, span(' · ', 'muted'), span('esc', 'key'), span(' closes')]}
      hint={hidden(top, height, room)}
      rows={[...above, ...(found.length === 0 ? [[span('   No key does that.', 'late')]] : lines), ...below]}
      width={size.columns}
      size={size}
    />
  );
}

/** So that the chosen one is seen, and its group's name with it where it is the first. */
function scrolledTo(grid: HelpCell[][], chosen: Binding | undefined, height: number, room: number): number {
  const places = grid.map(column => column.findIndex(cell => cell && 'binding' in cell && cell.binding === chosen));
  const at = Math.max(0, ...places);
  return Math.min(Math.max(0, at - Math.floor(room / 2)), Math.max(0, height - room));
}

function hidden(top: number, height: number, room: number): Line {
  const more = Math.max(0, height - room - top);
  const words = [top > 0 ? `${top} rows ↑` : '', more > 0 ? `${more} rows ↓` : ''].filter(Boolean);
  return words.length === 0 ? [] : [span(words.join('  '))];
}

function cellLine(state: AppState, cell: HelpCell, chosen: Binding | undefined, roomy: boolean): Line {
  if (!cell) return [];
  if ('heading' in cell) return [span(`  ${cell.heading}`, 'strong')];
  const {shown, helpKeys, help = ''} = cell.binding;
  const reason = whyOff(cell.binding, state);
  const off = reason !== undefined;
  return [
    span(cell.binding === chosen ? '▸ ' : '  ', 'accent'),
    span(padCells(helpKeys ?? shown, 8), off ? 'muted' : 'key'),
    span(off ? '·' : ' ', 'muted'),
    span(help, off ? 'muted' : 'plain'),
    span(off && roomy ? `  – ${safeLine(reason)}` : '', 'soon'),
  ];
}

/** The chosen key in full, where this session is recorded, and where to read on. */
function lastLines(state: AppState, chosen: Binding | undefined, {columns, rows}: Props['size']): Line[] {
  const {recordedIn = {}} = state;
  const words = recordingWords(recordedIn, process.env.HOME);
  const tone = recordedIn.off === undefined ? 'plain' : 'soon';
  const session: Line[] = words === undefined ? [] : [[span('   session  ', 'muted'), span(words, tone)]];
  const more =
    columns < 80
      ? '   · does nothing here'
      : '   · does nothing here   : runs any of these by name   more: README and docs/';
  return [
    ...(rows >= 20 ? [[]] : []),
    ...(chosen ? [chosenLine(state, chosen)] : []),
    ...session,
    [span(more, 'muted')],
  ];
}

function chosenLine(state: AppState, binding: Binding): Line {
  const {keys, help = '', argument} = binding;
  const off = whyOff(binding, state);
  const command = `:${nameOf(binding)}${argument ? ` ${argument.shown}` : ''}`;
  return [
    span('   '),
    span(keys.join(' '), 'key'),
    span(`  ${help}`, 'strong'),
    span(`  ${command}`, 'muted'),
    span(off === undefined ? '' : `  – ${safeLine(off)}`, 'soon'),
  ];
}
