import type {ShutdownWay} from '../../lifecycle/session-message.ts';
import {safeLine} from '../presentation/safe-line.ts';
import {shutdownReport} from '../presentation/shutdown-progress.ts';
import {reachWords, shutdownWays, wayWords} from '../presentation/shutdown-ways.ts';
import {wrapWords} from '../presentation/wrap-words.ts';
import type {DashboardState, Overlay as OverlayState} from '../state/app-state.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

const wide = 92;

type Props = {
  overlay: Extract<OverlayState, {kind: 'shutdown'}>;
  dashboard: DashboardState;
  /** Epoch ms, AWS's clock. */
  now: number;
  size: {columns: number; rows: number};
};

/** The ways to force SHUTDOWN, what each means, and what came of the last one. */
export function ShutdownChooser({overlay, dashboard, now, size}: Props) {
  const {stack, data} = dashboard;
  const roomy = size.rows >= 24;
  const {shutdown} = data;
  const report = shutdown ? shutdownReport(shutdown, data.environments.list, now) : [];
  const rowsOf = (most: number): Line[] => [
    ...(roomy ? [[]] : []),
    ...shutdownWays.flatMap(way =>
      wayRows(way, {chosen: way === overlay.way, full: roomy, width: Math.min(wide, size.columns) - 8, most}, data),
    ),
    ...(report.length > 0 ? [[], ...report.map((line): Line => [span('  '), ...line])] : []),
  ];
  const whole = rowsOf(2);
  // Rather a sentence that is cut than a row that is not there.
  const rows = whole.length + 2 <= size.rows ? whole : rowsOf(1);
  const waiting = shutdown !== undefined && !shutdown.finished;
  return (
    <Overlay
      title={size.columns < 80 ? 'Force SHUTDOWN' : `Force SHUTDOWN of ${safeLine(stack.functionName)}`}
      right={[span('↑ ↓', 'key'), span(' choose  '), span('esc', 'key'), span(' leaves')]}
      hint={waiting ? [span('one is being waited for', 'soon')] : [span('↵', 'key'), span(` by ${overlay.way}`)]}
      rows={rows}
      width={wide}
      size={size}
    />
  );
}

type WayLook = {
  chosen: boolean;
  /** Its sentences are there though it is not chosen. */
  full: boolean;
  width: number;
  /** Rows of one sentence. */
  most: number;
};

function wayRows(
  way: ShutdownWay,
  {chosen, full, width, most}: WayLook,
  {environments}: DashboardState['data'],
): Line[] {
  const {reason, does, takes, costs} = wayWords[way];
  const head: Line = [
    span(chosen ? ' ▸ ' : '   ', 'accent'),
    span(way.padEnd(9), chosen ? 'strong' : 'plain'),
    span(`${reachWords(way, environments.list)} · reason `),
    span(reason, 'gone'),
  ];
  const more = (text: string): Line[] => wrapWords(text, width, most).map(line => [span(`     ${line}`, 'muted')]);
  return full || chosen ? [head, ...more(does), ...more(takes), ...more(costs)] : [head];
}
