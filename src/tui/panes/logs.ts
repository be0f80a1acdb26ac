import {count} from '../presentation/clock.ts';
import {logRow} from '../presentation/log-row.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {paneLists} from '../state/pane-lists.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {filterWords, followWords} from './pane-content.ts';

/** The function's log lines, oldest first. */
export function logsPane(dashboard: DashboardState, box: PaneBox, focused: boolean): PaneContent {
  const {data, views, stack} = dashboard;
  const wide = box.width >= 100;
  const list = paneLists.logs(dashboard);
  const shown = viewport(list, views.logs, box.rows);
  const rows = shown.items.map((log, index): Line => {
    const current = focused && !views.logs.follow && index === shown.current;
    return [span(current ? '▸' : ' ', 'accent'), ...logRow(log, current, wide)];
  });
  const total =
    views.logs.filter === '' ? count(data.logs.length) : `${count(list.items.length)} of ${count(data.logs.length)}`;
  return {
    title: 'Logs',
    right: [
      ...(wide ? [span(`/aws/lambda/${safeLine(stack.functionName)} · `, 'muted')] : []),
      ...filterWords(views.logs),
      span(`${total} lines`),
      ...followWords(views.logs),
    ],
    rows: rows.length > 0 ? rows : [[span(' no log line yet', 'muted')]],
  };
}
