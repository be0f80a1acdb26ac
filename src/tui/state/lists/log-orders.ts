import {cellWidth} from '../../../text/cells.ts';
import {clockTime} from '../../presentation/clock.ts';
import type {EventItem} from '../../presentation/event-row.ts';
import {itemWords} from '../../presentation/event-row.ts';
import type {LogItem} from '../../presentation/log-row.ts';
import {logText} from '../../presentation/log-text.ts';
import {lineWidth} from '../../ui/line.ts';
import {viewport} from '../../ui/viewport.ts';
import type {DashboardState} from '../app-state.ts';
import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {setView, updateDashboard} from '../dashboard/shown-dashboard.ts';
import {focusedBox} from '../layout.ts';
import {type LogSource, logSources} from './log-items.ts';
import {listOf} from './pane-lists.ts';

const slideStep = 16;
const mostMarks = 200;
const sourceWords: Readonly<Record<LogSource, string>> = {
  both: 'target and authorizer',
  target: 'target only',
  authorizer: 'authorizer only',
};

/** How long rows are looked at, whose lines are shown, and marks between them. */
export function createLogOrders(context: Context) {
  const {store} = context;

  function mark() {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {data, marks, views, focus} = dashboard;
    // At the end, whatever the clocks say: nothing that is there already is newer.
    const at = Math.max(context.clock() + data.clockOffsetMs, data.logs.at(-1)?.timestamp ?? 0);
    const added = {type: 'mark', key: `mark ${at} ${marks.length}`, at} as const;
    updateDashboard(context, {marks: [...marks, added].slice(-mostMarks)});
    if (focus !== 'logs' || !views.logs.follow) toast(context, `A mark is in the logs at ${clockTime(at)}.`);
  }

  function source(argument?: string) {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const after = logSources[(logSources.indexOf(dashboard.logSource) + 1) % logSources.length]!;
    const logSource = logSources.find(one => one === argument) ?? after;
    updateDashboard(context, {logSource});
    toast(context, `Logs: ${sourceWords[logSource]}.`);
  }

  function wrap() {
    const {dashboard} = store.get();
    if (dashboard) setView(context, 'logs', {wrap: !dashboard.views.logs.wrap});
  }

  /** Never further than the longest row on the screen goes. */
  function slide(by: 1 | -1) {
    const {dashboard, size} = store.get();
    if (!dashboard) return;
    const {focus, views} = dashboard;
    const {left} = views[focus];
    const box = focusedBox(dashboard, size);
    const shown = viewport(listOf(dashboard, focus), views[focus], box.rows).items;
    const longest = Math.max(0, ...shown.map(row => textCells(row as LogItem | EventItem)));
    const hidden = longest - textRoom(dashboard, box.width) - left;
    if (by === 1 && hidden > 0) setView(context, focus, {left: left + slideStep});
    else if (by === -1) setView(context, focus, {left: Math.max(0, left - slideStep)});
  }

  return {actions: {mark, source, wrap, slideLeft: () => slide(-1), slideRight: () => slide(1)}};
}

function textCells(row: LogItem | EventItem): number {
  if (row.type === 'mark') return 0;
  return row.type === 'log' ? cellWidth(logText(row)) : lineWidth(itemWords(row));
}

/** Cells for a row's text: the border, time and environment stay. */
const textRoom = ({focus}: DashboardState, width: number): number =>
  width - 2 - (focus === 'events' ? 19 : width >= 100 ? 21 : 17);
