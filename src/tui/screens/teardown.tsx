import {foreignRow, inventoryRow} from '../presentation/inventory-row.ts';
import {safeLine} from '../presentation/safe-line.ts';
import {accountNumber} from '../presentation/target-row.ts';
import type {Overlay as OverlayState} from '../state/app-state.ts';
import {canKeep, eventsFile, teardownAgreed} from '../state/progress/teardown-orders.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type TeardownState = Extract<OverlayState, {kind: 'teardown'}>;
type Size = {columns: number; rows: number};

/** What will be deleted, by name and with what is in it, before anything is. */
export function TeardownOverlay({overlay, now, size}: {overlay: TeardownState; now: number; size: Size}) {
  const agreed = teardownAgreed(overlay);
  const width = Math.min(roomyEnough(size) ? 90 : 80, size.columns);
  const keeps: Line = canKeep(overlay) ? [span('space', 'key'), span(' keep events · ')] : [];
  return (
    <Overlay
      title="Tear down?"
      right={[span('esc', 'key'), span(' cancels')]}
      hint={[...keeps, span('↵', agreed ? 'key' : 'muted'), span(' delete', agreed ? 'error' : 'muted')]}
      rows={rows(overlay, now, size, width - 2)}
      width={width}
      size={size}
    />
  );
}

const roomyEnough = ({rows}: Size) => rows >= 28;

function rows(overlay: TeardownState, now: number, size: Size, width: number): Line[] {
  const gap: Line[] = roomyEnough(size) ? [[]] : [];
  const {stack, found, problem} = overlay;
  if (problem) {
    const {title, details, solution, next} = problem;
    return [
      [],
      [span(`  ✕ ${title}`, 'error')],
      ...[details, solution].flatMap((text): Line[] => (text === undefined ? [] : [[span(`  ${text}`)]])),
      ...(next === undefined ? [] : [[span('  Next: ', 'muted'), span(next, 'strong')]]),
      [],
      [span('  Nothing has been deleted.', 'muted')],
      [],
    ];
  }
  const where = `${safeLine(stack.region)} (${safeLine(stack.label)})`;
  if (!found) return [[], [span(`  ◌ counting what is there in ${where} …`, 'init')], []];
  const {ours, foreign, account} = found;
  const stays = foreign.map(row => foreignRow(row, width));
  const place = `account ${accountNumber(account)}, ${where}`;
  if (ours.length === 0) return [[], [span(`  Nothing of this stack is left in ${place}.`)], ...stays, []];
  const things = ours.length === 1 ? '1 resource' : `${ours.length} resources`;
  // On the smallest screens the question must stay on them: what does not fit is counted.
  const room = Math.max(1, size.rows - 8 - stays.length - 3 * gap.length);
  const shown = ours.length > room ? ours.slice(0, room - 1) : ours;
  const facts = {width, keep: overlay.keep, ...(overlay.live !== undefined && {live: overlay.live})};
  return [
    ...gap,
    [span(` This deletes ${things} in `), span(`${place}:`, 'strong')],
    ...gap,
    ...shown.map(row => inventoryRow(row, facts)),
    ...(shown.length < ours.length ? [[span(`   ✕ and ${ours.length - shown.length} more`, 'gone')]] : []),
    ...stays,
    [],
    ...keepRow(overlay, now),
    ...gap,
    [span(' Only what carries the tags of this stack is touched. Nothing else is.', 'muted')],
    ...gap,
    question(overlay),
    ...gap,
  ];
}

function keepRow(overlay: TeardownState, now: number): Line[] {
  if (!canKeep(overlay)) return [];
  const {keep} = overlay;
  const mark: Line = keep ? [span('   [✓]', 'ok')] : [span('   [ ]')];
  return [[...mark, span(` keep the events: write ${eventsFile(now)} first`, keep ? 'plain' : 'muted')]];
}

function question({stack, typed, thenLeave}: TeardownState): Line {
  const leaves = thenLeave ? ' and quit' : '';
  if (stack.endpoint !== undefined) return [span(' Press '), span('↵', 'key'), span(` to delete all of it${leaves}.`)];
  return [span(` Type the region to confirm${leaves}:  `), span(safeLine(typed), 'strong'), span('▏', 'accent')];
}
