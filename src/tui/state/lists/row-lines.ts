import type {LogItem, LogLook} from '../../presentation/log-row.ts';
import {logRow} from '../../presentation/log-row.ts';
import {readFilter} from '../../ui/matches.ts';
import type {LinesOf} from '../../ui/viewport.ts';
import type {DashboardState, PaneId} from '../app-state.ts';
import type {PaneBox} from '../layout.ts';

/** How log lines look in a box of this size. A wrapped one is never higher than the pane. */
export function logLook({views, stack}: DashboardState, box: PaneBox): LogLook {
  const {filter, search, wrap, left} = views.logs;
  return {
    width: box.width - 2,
    fine: box.width >= 100,
    functionName: stack.functionName,
    search: readFilter(filter === '' ? search : filter),
    most: wrap ? Math.max(1, box.rows) : 1,
    left,
  };
}

/** The lines that a row of this pane takes. */
export function linesOf(dashboard: DashboardState, pane: PaneId, box: PaneBox): LinesOf<unknown> {
  if (pane !== 'logs' || !dashboard.views.logs.wrap) return () => 1;
  const look = {...logLook(dashboard, box), search: readFilter('')};
  return log => logRow(log as LogItem, false, look).length;
}
