import type {RequestRow} from '../../operate/session-state.ts';
import {took} from '../presentation/clock.ts';
import {p95, requestRow} from '../presentation/request-row.ts';
import {whyCold} from '../presentation/why-cold.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {paneLists} from '../state/pane-lists.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {sparkline} from '../ui/sparkline.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {filterWords, scrollWords} from './pane-content.ts';

/** Cells of a row that has room for why it was cold. */
const leastToExplain = 60;

/** What was fired from here and what came back; latencies and cold starts above where there is room. */
export function requestsPane(dashboard: DashboardState, box: PaneBox, focused: boolean): PaneContent {
  const {data, views} = dashboard;
  const {sent, failed, underWay} = data.requestCounts;
  const shown = viewport(paneLists.requests(dashboard), views.requests, box.rows);
  const roomy = box.width >= leastToExplain;
  const rows = shown.items.map(
    (row, index): Line => [
      span(focused && index === shown.current ? '▸' : ' ', 'accent'),
      ...requestRow(row, focused && index === shown.current),
      ...(roomy ? explanation(row, dashboard) : []),
    ],
  );
  const empty: Line[] = rows.length === 0 ? [[span(' nothing sent yet', 'muted')]] : [];
  const withSummary = box.height - 2 > box.rows;
  return {
    title: 'Requests',
    right: [
      ...filterWords(views.requests),
      span(`${sent} sent`),
      ...(underWay > 0 ? [span(` · ${underWay} out`, 'init')] : []),
      ...(failed > 0 ? [span(` · ${failed} err`, 'error')] : []),
      ...scrollWords(shown, views.requests),
    ],
    rows: [...(withSummary ? summary(dashboard) : []), ...rows, ...empty],
  };
}

function explanation(row: RequestRow, {data}: DashboardState): Line {
  const aws = {...row, sentAt: row.sentAt + data.clockOffsetMs};
  const why = whyCold(aws, data.environments.list, data.shutdown);
  return why === undefined ? [] : [span(`  ${why}`, 'muted')];
}

function summary({data, rate}: DashboardState): Line[] {
  const {sent, cold} = data.requestCounts;
  const answered = data.requests.filter(({status}) => status !== undefined);
  const slow = p95(data.requests);
  const share = sent === 0 ? '' : ` (${Math.round((cold / sent) * 100)} %)`;
  return [
    [
      span(' latency  ', 'muted'),
      span(
        sparkline(
          answered.map(({latencyMs}) => latencyMs ?? 0),
          18,
        ),
        'accent',
      ),
      span('  p95 ', 'muted'),
      span(slow === undefined ? '–' : took(slow)),
    ],
    [
      span(' cold     ', 'muted'),
      span(`${cold} of ${sent}${share}`.padEnd(18)),
      span('  rate ', 'muted'),
      span(rate === 0 ? 'off' : `${rate}/s`),
    ],
    [],
  ];
}
