import {padCells} from '../../text/cells.ts';
import {count} from '../presentation/clock.ts';
import {safeLine} from '../presentation/safe-line.ts';
import {accountNumber} from '../presentation/target-row.ts';
import type {Overlay as OverlayState} from '../state/app-state.ts';
import {teardownAgreed} from '../state/overlay-keys.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type TeardownState = Extract<OverlayState, {kind: 'teardown'}>;

/** What will be deleted, by name, before anything is. */
export function TeardownOverlay({overlay, size}: {overlay: TeardownState; size: {columns: number; rows: number}}) {
  const {stack, status, typed} = overlay;
  const present = status.resources.filter(({state}) => state === 'present');
  const foreign = status.resources.filter(({state}) => state === 'foreign');
  const roomy = size.rows >= 28;
  const gap: Line[] = roomy ? [[]] : [];
  const place = `${accountNumber(status.account)}, ${safeLine(stack.region)} (${safeLine(stack.label)})`;
  const rows: Line[] = [
    ...gap,
    [span(` This deletes ${present.length} resources in account `), span(`${place}:`, 'strong')],
    [],
    ...present.map(one => resource('✕', one, fact(one.id, overlay))),
    ...foreign.map(one => resource('–', one, 'not ours: stays')),
    [],
    [span(' Only what carries the tags of this stack is touched. Nothing else is.', 'muted')],
    ...gap,
    stack.endpoint === undefined
      ? [span(' Type the region to confirm:  '), span(safeLine(typed), 'strong'), span('▏', 'accent')]
      : [span(' Press '), span('↵', 'key'), span(' to delete all of it.')],
    ...gap,
  ];
  const agreed = teardownAgreed(overlay);
  return (
    <Overlay
      title="Tear down?"
      right={[span('esc', 'key'), span(' cancels')]}
      hint={[span('↵', agreed ? 'key' : 'muted'), span(' delete', agreed ? 'error' : 'muted')]}
      rows={rows}
      width={roomy ? 84 : 76}
      size={size}
    />
  );
}

type Resource = TeardownState['status']['resources'][number];

function resource(mark: string, {title, name}: Resource, more: string): Line {
  return [
    span(`   ${mark} `, 'gone'),
    span(padCells(safeLine(title), 18)),
    span(padCells(safeLine(name), 34), 'strong'),
    span(more, 'muted'),
  ];
}

/** Only what this session has counted itself. */
function fact(id: Resource['id'], {live, events, logs}: TeardownState): string {
  if (id === 'target' && live !== undefined) return `${live} live: get SHUTDOWN`;
  if (id === 'table') return events === undefined ? 'not backed up' : `${count(events)} seen, no backup`;
  if (id === 'logs-target' && logs !== undefined) return `${count(logs)} lines seen`;
  return '';
}
