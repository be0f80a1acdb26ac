import {Box} from 'ink';
import {cutCells} from '../../text/cells.ts';
import {offeredKey} from '../keys/offered-key.ts';
import {environmentsPane} from '../panes/environments.ts';
import {eventsPane} from '../panes/events.ts';
import {logsPane} from '../panes/logs.ts';
import type {PaneContent} from '../panes/pane-content.ts';
import {requestsPane} from '../panes/requests.ts';
import {clockTime} from '../presentation/clock.ts';
import {replayWords} from '../presentation/replay-words.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {AppState, DashboardState, PaneId} from '../state/app-state.ts';
import {paneIds} from '../state/app-state.ts';
import type {Layout, PaneBox} from '../state/layout.ts';
import {dashboardLayout} from '../state/layout.ts';
import {framed} from '../ui/border.ts';
import {header} from '../ui/header.ts';
import type {Line} from '../ui/line.ts';
import {lineWidth, span} from '../ui/line.ts';
import {Lines} from '../ui/lines.tsx';

type Props = {state: AppState; dashboard: DashboardState; size: {columns: number; rows: number}};

/** Four panes where there is room, environments and one more below that, one on the smallest screens. */
export function Dashboard({state, dashboard, size}: Props) {
  const layout = dashboardLayout(size, dashboard);
  const draw = (id: PaneId) => paneLines(id, layout, dashboard, state);
  return (
    <Box flexDirection="column">
      <Lines lines={[heading(state, dashboard, size.columns)]} />
      <Lines lines={draw('environments')} />
      <Box>
        <Lines lines={draw('requests')} />
        <Lines lines={draw('events')} />
      </Box>
      <Lines lines={draw('logs')} />
    </Box>
  );
}

function heading(state: AppState, dashboard: DashboardState, columns: number): Line {
  const {stack, data} = dashboard;
  const wide = columns >= 100;
  const title = wide ? 'lifecycle-tui' : safeLine(stack.functionName);
  const clock: Line = [span(clockTime(state.now + data.clockOffsetMs), 'muted')];
  const where: Line = [
    span(safeLine(`${stack.label} · ${stack.endpoint === undefined ? stack.region : stack.endpoint}`)),
  ];
  const facts: Line[] = wide
    ? [[span(safeLine(stack.functionName))], [span('nodejs24.x · arm64 · 256 MB', 'muted')]]
    : [];
  if (state.replay) return header(title, facts, [clock, replayWords(state.replay), where], columns);
  if (data.live && !dashboard.over) return header(title, facts, [clock, [span('● live', 'ok')], where], columns);
  if (!wide) return header(title, [], [clock, [span(dashboard.over ? '✕ ended' : '✕ stale', 'error')], where], columns);
  // What is wrong stands where the facts were, in what room there is.
  const room = columns - lineWidth(clock) - lineWidth(where) - title.length - 15;
  return header(title, [[span(`✕ ${cutCells(wrongWords(dashboard), room)}`, 'error')]], [clock, where], columns);
}

/** What is wrong in the fewest words; the notices have said it in full. */
function wrongWords({over, data}: DashboardState): string {
  if (over) return 'the embedded AWS has ended: D deploys on another';
  const text = safeLine(data.problem ?? 'no answer');
  return text.replace(/^Reading .{1,300}? failed: /, '');
}

function paneLines(id: PaneId, layout: Layout, dashboard: DashboardState, state: AppState): Line[] {
  const box = layout.panes[id];
  if (!box) return [];
  const focused = dashboard.focus === id;
  const {title, ...content} = paneContent(id, dashboard, box, state);
  const tabs = layout.mode === 'two' && id !== 'environments';
  const number = paneIds.indexOf(id) + 1;
  return framed({
    ...content,
    width: box.width,
    height: box.height,
    focused,
    title: tabs ? tabTitle(id) : `${number} ${title}`,
  });
}

function paneContent(id: PaneId, dashboard: DashboardState, box: PaneBox, state: AppState): PaneContent {
  const {now} = state;
  const focused = dashboard.focus === id;
  switch (id) {
    case 'environments':
      return environmentsPane(dashboard, box, now, offeredKey(state));
    case 'requests':
      return requestsPane(dashboard, box, focused, now, offeredKey(state));
    case 'events':
      return eventsPane(dashboard, box, focused);
    case 'logs':
      return logsPane(dashboard, box, focused);
  }
}

const tabNames = {requests: '2 Req', events: '3 Events', logs: '4 Logs'};

/** The pane's own name in brackets among those that could be here. */
const tabTitle = (shown: PaneId) =>
  Object.entries(tabNames)
    .map(([id, name]) => (id === shown ? `[${name}]` : name))
    .join('  ');
