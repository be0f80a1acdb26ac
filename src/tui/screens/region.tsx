import {safeLine} from '../presentation/safe-line.ts';
import {placeWords} from '../presentation/target-row.ts';
import type {Overlay as OverlayState} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type Props = {overlay: Extract<OverlayState, {kind: 'region'}>; size: {columns: number; rows: number}};

/** Asks for another region of a profile. */
export function RegionOverlay({overlay, size}: Props) {
  const {place, typed, asking, problem} = overlay;
  const state: Line = asking
    ? [span('  ◌ checking…', 'init')]
    : problem === undefined
      ? [span('  It stays in the menu until you quit.', 'muted')]
      : [span(`  ✕ ${problem}`, 'late')];
  const rows: Line[] = [
    [],
    [
      span('  Look with profile '),
      span(placeWords(place, undefined).name, 'strong'),
      span(' in region:  '),
      span(safeLine(typed), 'strong'),
      span('▏', 'accent'),
    ],
    [],
    state,
    [],
  ];
  return (
    <Overlay
      title="Another region"
      right={[span('esc', 'key'), span(' cancels')]}
      hint={[span('↵', typed.trim() === '' ? 'muted' : 'key'), span(' look there')]}
      rows={rows}
      width={84}
      size={size}
    />
  );
}
