import {type EnvironmentView, environmentDetails} from '../panes/environment-details.ts';
import {shortId} from '../presentation/short-id.ts';
import type {AppState} from '../state/app-state.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type Props = {state: AppState; overlay: EnvironmentView; size: {columns: number; rows: number}};

/** One environment in full: what it is, and everything that is known to have happened in it. */
export function EnvironmentOverlay({state, overlay, size}: Props) {
  const inner = {width: size.columns - 2, height: size.rows - 2};
  const lines = state.dashboard ? environmentDetails(state.dashboard, overlay, state.now, inner).lines : [];
  const scroll = size.columns < 70 ? [] : [span('j k h l', 'key'), span(' scroll  ')];
  const keys = [...scroll, span('y', 'key'), span(' copy id  '), span('esc', 'key')];
  return (
    <Overlay
      title={`Environment ${shortId(overlay.id)}`}
      right={[...keys, span(' back')]}
      rows={lines}
      width={size.columns}
      size={size}
    />
  );
}
