import {logRow} from '../presentation/log-row.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {paneLists} from '../state/lists/pane-lists.ts';
import {linesOf, logLook} from '../state/lists/row-lines.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {countWords, emptyWords, fitWords, followWords, typedLabel} from './pane-content.ts';

/** The functions' log lines, oldest first. */
export function logsPane(dashboard: DashboardState, box: PaneBox, focused: boolean): PaneContent {
  const {views, marks} = dashboard;
  const view = views.logs;
  const list = paneLists.logs(dashboard);
  const shown = viewport(list, view, box.rows, linesOf(dashboard, 'logs', box));
  const look = logLook(dashboard, box);
  const rows = shown.items
    .flatMap((log, index) => logRow(log, focused && !view.follow && index === shown.current, look))
    .slice(shown.cut, shown.cut + box.rows);
  return {
    title: 'Logs',
    right: fitWords(
      [
        {line: sourceLabel(dashboard, box.width >= 100), worth: dashboard.logSource === 'both' ? 1 : 5},
        {line: typedLabel(dashboard, 'logs', list), worth: 6},
        {line: [span(lineCount(dashboard, list.items.length - marks.length, box.width >= 100))], worth: 4},
        {line: view.wrap ? [span('↵ wrap', 'muted')] : [], worth: 2},
        {line: view.left > 0 && !view.wrap ? [span(`← ${view.left} cells`, 'soon')] : [], worth: 3},
        ...followWords(list, view),
      ],
      box,
    ),
    rows: list.items.length > 0 ? rows : [emptyWords(view, nothingYet(dashboard))],
  };
}

function lineCount({data, views, logSource}: DashboardState, shown: number, wide: boolean): string {
  const all = logSource === 'both' ? data.logs.length : shown;
  const counted = countWords(views.logs, shown, all);
  return views.logs.filter !== '' && !wide ? counted : `${counted} ${all === 1 ? 'line' : 'lines'}`;
}

function sourceLabel({logSource, stack}: DashboardState, wide: boolean): Line {
  const names = {
    both: `${safeLine(stack.functionName)} + authorizer`,
    target: 'target only',
    authorizer: 'authorizer only',
  };
  if (logSource === 'both' && !wide) return [];
  return [span(names[logSource], logSource === 'both' ? 'muted' : 'soon')];
}

function nothingYet({data, logSource}: DashboardState): string {
  if (data.logs.length > 0) return `no line of the ${logSource} yet: a shows the other function's`;
  if (!data.live) return 'no log line: reading fails, and is tried again';
  return data.requestCounts.sent > 0 ? 'waiting for the first log line' : 'no log line yet';
}
