import type {Overlay as OverlayState} from '../state/app-state.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type Props = {overlay: Extract<OverlayState, {kind: 'details'}>; size: {columns: number; rows: number}};

/** All members of one row. */
export function DetailsOverlay({overlay, size}: Props) {
  const rows = [[], ...overlay.text.map(text => [span(`  ${text}`)]), []];
  return (
    <Overlay
      title={overlay.title}
      right={[span('any key', 'key'), span(' closes')]}
      rows={rows}
      width={100}
      size={size}
    />
  );
}
