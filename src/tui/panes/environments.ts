import {type Environment, isLive} from '../../lifecycle/environment.ts';
import type {OfferedKey} from '../keys/offered-key.ts';
import {askedEnd, changedSince} from '../presentation/asked-end.ts';
import {clockTime} from '../presentation/clock.ts';
import {becameOf} from '../presentation/countdown.ts';
import {noteLegends, noteWords} from '../presentation/environment-notes.ts';
import type {EnvironmentItem} from '../presentation/environment-row.ts';
import {
  environmentAxis,
  environmentColumns,
  environmentHeading,
  environmentRow,
} from '../presentation/environment-row.ts';
import {saidLegend, shortSample, windowLegend} from '../presentation/forecast-words.ts';
import {tallyWords} from '../presentation/score-words.ts';
import {shortId} from '../presentation/short-id.ts';
import {shutdownCount} from '../presentation/shutdown-progress.ts';
import {autoSpan, spanWords} from '../presentation/timeline-span.ts';
import type {DashboardState} from '../state/app-state.ts';
import type {PaneBox} from '../state/layout.ts';
import {environmentList} from '../state/lists/environment-list.ts';
import type {Line} from '../ui/line.ts';
import {lineWidth, span} from '../ui/line.ts';
import {viewport} from '../ui/viewport.ts';
import type {PaneContent} from './pane-content.ts';
import {scrollWords, toSend, typedWords} from './pane-content.ts';

/** What is said of idle times on AWS means nothing where they are a setting, in a recording of Local neither. */
const onAws = ({stack, idleWindow}: DashboardState) => stack.endpoint === undefined && idleWindow === undefined;

/** Environments with their past and what is expected of them. Costs by the rows that are shown, not by those there are. */
export function environmentsPane(
  dashboard: DashboardState,
  box: PaneBox,
  now: number,
  offered: OfferedKey,
): PaneContent {
  const {data, views, idleWindow} = dashboard;
  const columns = environmentColumns(box.width - 2);
  const spanMs = dashboard.timelineMs ?? autoSpan(idleWindow);
  const list = environmentList(dashboard);
  const shown = viewport(list, views.environments, box.rows);
  const awsNow = now + data.clockOffsetMs;
  const rows = shown.items.map((item, index) =>
    environmentRow(item, {
      forecast: item.state === 'idle' ? data.forecasts.get(item.id) : undefined,
      score: item.state === 'gone' ? data.scores.byEnvironment.get(item.id) : undefined,
      asked: item.state === 'gone' && item.shutdown ? askedEnd({...item, at: item.shutdown.at}, data) : undefined,
      ...(item.state === 'reset' && {became: becameOf(item, data, awsNow)}),
      outdated: outdatedSince(item, data, awsNow) !== undefined,
      now: awsNow,
      said: onAws(dashboard),
      spanMs,
      columns,
      current: index === shown.current,
    }),
  );
  const empty: Line[] = rows.length === 0 ? [[span(emptyWords(dashboard, offered), 'muted')]] : [];
  const blank = Array.from({length: Math.max(0, box.rows - rows.length - empty.length)}, (): Line => []);
  const body = [...rows, ...empty, ...blank];
  const chosen = dashboard.timelineMs !== undefined;
  const said = data.expectation && onAws(dashboard) ? saidLegend : [];
  const axis = rows.length === 0 ? [] : environmentAxis(columns, awsNow, spanMs, said);
  return {
    title: 'Environments',
    right: fitting(
      [
        {place: 3, line: typedWords(dashboard, 'environments', list)},
        {place: 4, line: counts(dashboard)},
        {place: 5, line: scrollWords(shown, views.environments)},
        {place: 0, line: part(tallyWords(data.scores, !columns.compact))},
        {place: 1, line: part(columns.compact && chosen ? `last ${spanWords(spanMs)}` : '')},
        {place: 2, line: part(`by ${dashboard.environmentOrder}`)},
      ],
      box.width - 23,
    ),
    rows: columns.compact
      ? body
      : [environmentHeading(columns, spanMs, chosen), ...body, axis, legend(dashboard, shown.items, box.width - 2)],
    hint: hint(dashboard, shown.items[shown.current], {awsNow, compact: columns.compact, offered}, box.width - 8),
  };
}

const part = (text: string): Line => (text === '' ? [] : [span(text), span(' · ', 'muted')]);

/** As many parts as fit, given in order of worth and drawn in order of place. */
function fitting(parts: readonly {place: number; line: Line}[], room: number): Line {
  let left = room;
  const kept = parts.filter(({line}) => {
    const fits = lineWidth(line) <= left;
    if (fits) left -= lineWidth(line);
    return fits;
  });
  return kept.sort((a, b) => a.place - b.place).flatMap(({line}) => line);
}

const emptyWords = ({data, views}: DashboardState, offered: OfferedKey): string => {
  if (views.environments.filter !== '' && data.environments.list.length > 0) return '   nothing matches the filter';
  if (!data.expectation) return '   reading what the table holds…';
  return `   no environment yet${toSend(offered, 'fires a request')}`;
};

type Counts = {live: number; reset: number; gone: number};
const knownCounts = new WeakMap<readonly Environment[], Counts>();

function countStates(list: readonly Environment[]): Counts {
  const known = knownCounts.get(list);
  if (known) return known;
  const of = (wanted: Environment['state']) => list.filter(({state}) => state === wanted).length;
  const counted = {live: list.filter(isLive).length, reset: of('reset'), gone: of('gone')};
  knownCounts.set(list, counted);
  return counted;
}

function counts({data}: DashboardState): Line {
  const {live, reset, gone} = countStates(data.environments.list);
  const words = [
    `${live} live`,
    ...(reset > 0 ? [`${reset} reset`] : []),
    `${gone + data.environments.foldedGone} gone`,
  ];
  return [span(words.join(' · '))];
}

function legend(dashboard: DashboardState, items: readonly EnvironmentItem[], width: number): Line {
  const {data, idleWindow} = dashboard;
  const glyphs = [
    span('   '),
    span('█', 'invoke'),
    span(' invoke  ', 'muted'),
    span('▒', 'init'),
    span(' init  ', 'muted'),
    span('·', 'muted'),
    span(' frozen', 'muted'),
  ];
  const parts = [
    {place: 0, line: glyphs},
    {place: 3, line: windowLegend(data.expectation, idleWindow !== undefined)},
    ...noteLegends(items.filter(item => item.state !== 'init')).map(line => ({place: 2, line})),
    {place: 1, line: [span('  ✕', 'gone'), span(' shutdown', 'muted')]},
  ];
  return fitting(parts, width);
}

/** What runs, what is unusual about the environment under the cursor, and what is not said above. */
function hint(
  dashboard: DashboardState,
  current: EnvironmentItem | undefined,
  {awsNow, compact, offered}: {awsNow: number; compact: boolean; offered: OfferedKey},
  room: number,
): Line {
  const {expectation} = dashboard.data;
  const forced = shutdownWords(dashboard, awsNow);
  const notes = current === undefined || current.state === 'init' ? '' : withOutdated(current, dashboard, awsNow);
  const noted: Line = notes === '' ? [] : [span(`${shortId(current?.state === 'init' ? '' : current?.id)}: ${notes}`)];
  const force = offered('shutdown');
  const sample = expectation ? shortSample(expectation, dashboard.idleWindow !== undefined) : '';
  const more: Line = compact
    ? [span(lineWidth(noted) + 2 + sample.length > room ? sample.replace(/^forecast /, '') : sample, 'muted')]
    : force === undefined
      ? []
      : [span(force, 'key'), span(' force SHUTDOWN of all')];
  const rest = [
    {place: 2, line: more},
    {place: 1, line: noted},
  ];
  // Where rows have little room the border is the only place for what is unusual.
  const parts = [{place: 0, line: forced}, ...(compact ? rest.reverse() : rest)];
  const gap = span('  ');
  const apart = parts.filter(({line}) => lineWidth(line) > 0).map(({place, line}) => ({place, line: [...line, gap]}));
  return fitting(apart, room + lineWidth([gap])).slice(0, -1);
}

/** Since when one that lives has the old configuration. */
const outdatedSince = (item: EnvironmentItem, {functionChanges}: DashboardState['data'], awsNow: number) =>
  item.state !== 'init' && isLive(item) ? changedSince(item, functionChanges, awsNow) : undefined;

/** That it has the old configuration before what else is unusual about it. */
function withOutdated(environment: Environment, {data}: DashboardState, awsNow: number): string {
  const changedAt = outdatedSince(environment, data, awsNow);
  const since = changedAt === undefined ? '' : `outdated since ${clockTime(changedAt)}`;
  return [since, noteWords(environment)].filter(Boolean).join(' · ');
}

/** While a forced SHUTDOWN runs: how many have come. */
function shutdownWords({data: {shutdown}}: DashboardState, awsNow: number): Line {
  return !shutdown || shutdown.finished ? [] : [span(shutdownCount(shutdown, awsNow), 'gone')];
}
