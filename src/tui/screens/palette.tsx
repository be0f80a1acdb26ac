import {padCells} from '../../text/cells.ts';
import {noSuggestion, type Suggestion} from '../keys/commands.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {AppState, Overlay as OverlayState} from '../state/app-state.ts';
import {paletteList} from '../state/overlays/palette-orders.ts';
import type {Line} from '../ui/line.ts';
import {span, spread} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type PaletteState = Extract<OverlayState, {kind: 'palette'}>;
type Props = {state: AppState; overlay: PaletteState; size: {columns: number; rows: number}};

const mostRows = 14;

/** Every command by its name, as it is typed. */
export function PaletteOverlay({state, overlay, size}: Props) {
  const width = Math.min(90, size.columns);
  const list = paletteList(state, overlay);
  // Always as high as it may get: what is read must not move while somebody types.
  const height = Math.min(mostRows, size.rows - 6);
  const top = Math.min(Math.max(0, overlay.selected - Math.floor(height / 2)), Math.max(0, list.length - height));
  const shown = list.slice(top, top + height);
  const rows =
    list.length === 0
      ? [nothing(state, overlay.typed)]
      : shown.map((one, index) => row(one, top + index === overlay.selected, width - 2));
  const blank = Array.from({length: height - rows.length}, (): Line => []);
  return (
    <Overlay
      title="Commands"
      right={[span(`${list.length}`, 'muted'), span(' · '), span('esc', 'key'), span(' closes')]}
      hint={hint(size.columns)}
      rows={[prompt(state, overlay, list[overlay.selected]), [], ...rows, ...blank]}
      width={width}
      size={size}
    />
  );
}

const hint = (columns: number): Line => [
  span('tab', 'key'),
  span(' completes · '),
  ...(columns < 80 ? [] : [span('↑', 'key'), span(' earlier ones · ')]),
  span('↵', 'key'),
  span(' runs'),
];

/** What is typed, how the chosen one goes on, and what is wrong with it. */
function prompt({commands = []}: AppState, {typed, back, problem}: PaletteState, chosen?: Suggestion): Line {
  const argument = chosen?.binding.argument;
  const takes = argument && typed === `${chosen.text} ` ? ` ${argument.shown}` : '';
  const recalled = back > 0 ? `   ${back} of ${commands.length} earlier ones` : '';
  return [
    span(' : ', 'key'),
    span(safeLine(typed).padEnd(typed.length), 'strong'),
    span('▏', 'accent'),
    span(takes, 'muted'),
    ...(problem === undefined ? [span(recalled, 'muted')] : [span(`  ✕ ${safeLine(problem)}`, 'late')]),
  ];
}

function row({text, words, keys, off, binding, argument}: Suggestion, current: boolean, width: number): Line {
  const takes = binding.argument && argument === undefined ? ` ${binding.argument.shown}` : '';
  const tone = off === undefined ? 'plain' : 'muted';
  const left: Line = [
    span(current ? ' ▸ ' : '   ', 'accent'),
    span(text, off !== undefined ? 'muted' : current ? 'strong' : 'plain'),
    span(padCells(takes, Math.max(0, 22 - text.length)), 'muted'),
    // What a command does gives way to why it does nothing.
    span(off === undefined || width >= 88 ? ` ${padCells(safeLine(words), 26)}` : '', tone),
    span(off === undefined ? '' : ` – ${safeLine(off)}`, 'soon'),
  ];
  return spread(left, [span(` ${keys} `, off === undefined ? 'key' : 'muted')], width);
}

function nothing(state: AppState, typed: string): Line {
  const {words, meant} = noSuggestion(state, typed);
  return [
    span(`   ${safeLine(words)}`, 'late'),
    ...(meant === undefined
      ? []
      : [span(' · did you mean '), span(meant, 'strong'), span('? '), span('tab', 'key'), span(' takes it')]),
  ];
}
