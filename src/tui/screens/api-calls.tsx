import {apiHeading, apiRow, callFailed} from '../presentation/api-row.ts';
import type {AppState, Overlay as OverlayState} from '../state/app-state.ts';
import {callList, knownCalls} from '../state/overlays/api-calls.ts';
import {apiRows} from '../state/overlays/api-orders.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';
import {viewport} from '../ui/viewport.ts';

type ApiState = Extract<OverlayState, {kind: 'api'}>;
type Props = {state: AppState; overlay: ApiState; size: {columns: number; rows: number}};

/** Every call to AWS that is known of, and one of them in full. */
export function ApiOverlay({state, overlay, size}: Props) {
  const {view, json} = overlay;
  const compact = size.columns < 110;
  const calls = knownCalls(state);
  const height = apiRows(size.rows);
  const shown = viewport(callList(calls), view, height);
  const failed = calls.filter(callFailed).length;
  const list: Line[] = json
    ? json.map(text => [span(`  ${text}`)])
    : shown.items.map((call, index) => apiRow(call, {compact, current: index === shown.current}));
  const rows = calls.length === 0 ? [[span('   No call has been made yet.', 'muted')]] : list;
  const blank = Array.from({length: Math.max(0, height - rows.length)}, (): Line => []);
  return (
    <Overlay
      title={json ? 'API call' : 'API calls'}
      right={
        json
          ? [span('any key', 'key'), span(' goes back')]
          : [
              span(`${calls.length} · ${failed} failed`, 'muted'),
              span(view.follow ? ' · ▼ follow' : ` · ${shown.below} below · f follows`, 'muted'),
            ]
      }
      hint={hint(json !== undefined)}
      rows={[heading(compact, json !== undefined), ...rows, ...blank]}
      width={size.columns}
      size={{...size, rows: size.rows - 1}}
    />
  );
}

const hint = (one: boolean): Line => [
  ...(one ? [span('y', 'key'), span(' copies the JSON · ')] : [span('↵', 'key'), span(' details · ')]),
  span('c', 'key'),
  span(' copies the aws command'),
  ...(one ? [] : [span(' · '), span('esc', 'key'), span(' closes')]),
];

function heading(compact: boolean, one: boolean): Line {
  if (one) return [];
  return [span(apiHeading(compact), 'muted')];
}
