import {environmentColumns, environmentHeading, environmentRow} from '../presentation/environment-row.ts';
import {timelineSpan} from '../presentation/timeline.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {paneLists} from '../state/pane-lists.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {filterWords, scrollWords} from './pane-content.ts';

/** Idle lifetimes on AWS end at about this, ms; only used to scale timelines. */
const longestOnAws = 400_000;

/** Environments with their past and what is expected of them. */
export function environmentsPane(dashboard: DashboardState, box: PaneBox, now: number): PaneContent {
  const {data, views, idleWindow} = dashboard;
  const columns = environmentColumns(box.width - 2);
  const past = timelineSpan(idleWindow?.maxMs ?? longestOnAws);
  const shown = viewport(paneLists.environments(dashboard), views.environments, box.rows);
  const awsNow = now + data.clockOffsetMs;
  const rows = shown.items.map((environment, index) =>
    environmentRow(environment, {
      forecast: data.forecasts.get(environment.id),
      now: awsNow,
      spanMs: past.ms,
      columns,
      current: index === shown.current,
    }),
  );
  const gone = data.environments.list.filter(({state}) => state === 'gone').length + data.environments.foldedGone;
  const live = data.environments.list.length + data.environments.foldedGone - gone;
  const empty: Line[] =
    rows.length === 0 ? [[span('   no environment yet: i fires a request, b a burst', 'muted')]] : [];
  const blank = Array.from({length: Math.max(0, box.rows - rows.length - empty.length)}, (): Line => []);
  const body = [...rows, ...empty, ...blank];
  return {
    title: 'Environments',
    right: [
      ...filterWords(views.environments),
      span(`${live} live · ${gone} gone`),
      ...scrollWords(shown, views.environments),
    ],
    rows: columns.compact ? body : [environmentHeading(columns, past.label), ...body, [], legend(dashboard)],
    hint: columns.compact
      ? shutdownWords(dashboard, now)
      : [...shutdownWords(dashboard, now), span('x', 'key'), span(' force SHUTDOWN of all')],
  };
}

function legend({data, idleWindow}: DashboardState): Line {
  const learned = [...data.forecasts.values()].find(({basis}) => basis === 'observed');
  const words = learned
    ? `learned from ${learned.observations} shutdowns`
    : idleWindow
      ? `as set for Local: ${Math.round(idleWindow.minMs / 1_000)}–${Math.round(idleWindow.maxMs / 1_000)} s idle`
      : 'from published lifetimes: 5m 28s – 6m 40s idle';
  return [
    span('   '),
    span('█', 'invoke'),
    span(' invoke  ', 'muted'),
    span('▒', 'init'),
    span(' init  ', 'muted'),
    span('·', 'muted'),
    span(' frozen  ', 'muted'),
    span('✕', 'gone'),
    span(' shutdown      ', 'muted'),
    span('┅', 'soon'),
    span(` window ${words}`, 'muted'),
  ];
}

/** While a forced SHUTDOWN runs: how many have come. */
function shutdownWords({data: {shutdown}}: DashboardState, now: number): Line {
  if (!shutdown || shutdown.finished) return [];
  const seconds = Math.max(0, Math.floor((now - shutdown.startedAt) / 1_000));
  return [span(`${shutdown.seen.length} of ${shutdown.expected.length} gone, ${seconds} s  `, 'gone')];
}
