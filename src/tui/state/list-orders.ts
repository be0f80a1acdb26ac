import type {List, View} from '../ui/viewport.ts';
import {followingView, moveView} from '../ui/viewport.ts';
import {callList} from './api-calls.ts';
import type {DashboardState, PaneId, ProgressState} from './app-state.ts';
import {paneIds} from './app-state.ts';
import type {Context} from './context.ts';
import {dashboardLayout} from './layout.ts';
import {moveSelection} from './menu-orders.ts';
import {paneLists} from './pane-lists.ts';
import {progressLayout} from './progress-layout.ts';
import {setView, updateDashboard} from './shown-dashboard.ts';

type Move = number | 'page' | '-page' | 'top' | 'bottom';

/** Moving through lists, from pane to pane, following the newest row, and going back. */
export function createListOrders(context: Context, toMenu: () => void) {
  const {store} = context;

  function move(by: Move) {
    const {screen, menu, progress, dashboard, size} = store.get();
    if (screen === 'menu') moveSelection(context, stepOf(by, size.rows - 12, menu.targets.length));
    else if (screen === 'progress' && progress) moveCalls(progress, by, size);
    else if (screen === 'dashboard' && dashboard) {
      const {focus, views} = dashboard;
      const rows = rowsOf(dashboard, size);
      const list = listOf(dashboard);
      setView(context, focus, moveView(list, views[focus], stepOf(by, rows, list.items.length), rows));
    }
  }

  function moveCalls(progress: ProgressState, by: Move, size: Size) {
    const rows = progressLayout(progress, size).calls;
    const list = callList(progress.api);
    const view = moveView(list, progress.view, stepOf(by, rows, list.items.length), rows);
    store.set({progress: {...progress, view}});
  }

  function follow() {
    const {screen, progress, dashboard, size} = store.get();
    if (screen === 'progress' && progress) {
      store.set({progress: {...progress, view: {...progress.view, follow: true}}});
    } else if (dashboard) {
      const view = dashboard.views[dashboard.focus];
      setView(
        context,
        dashboard.focus,
        view.follow ? stopped(dashboard, view, size) : {...followingView, filter: view.filter},
      );
    }
  }

  const focus = (pane: PaneId) => updateDashboard(context, {focus: pane, ...(pane !== 'environments' && {tab: pane})});

  function cycle(by: 1 | -1) {
    const {dashboard} = store.get();
    if (dashboard) focus(paneIds[(paneIds.indexOf(dashboard.focus) + by + paneIds.length) % paneIds.length]!);
  }

  function back() {
    const {dashboard} = store.get();
    if (dashboard && dashboard.views[dashboard.focus].filter !== '') setView(context, dashboard.focus, {filter: ''});
    else if (dashboard?.zoomed) updateDashboard(context, {zoomed: false});
    else toMenu();
  }

  return {
    actions: {
      up: () => move(-1),
      down: () => move(1),
      pageUp: () => move('-page'),
      pageDown: () => move('page'),
      top: () => move('top'),
      bottom: () => move('bottom'),
      follow,
      next: () => cycle(1),
      previous: () => cycle(-1),
      ...Object.fromEntries(paneIds.map((pane, index) => [`pane${index + 1}`, () => focus(pane)])),
      zoom: () => updateDashboard(context, {zoomed: !store.get().dashboard?.zoomed}),
      back,
    },
  };
}

type Size = {columns: number; rows: number};

const listOf = (dashboard: DashboardState) => paneLists[dashboard.focus](dashboard) as List<unknown>;
const rowsOf = (dashboard: DashboardState, size: Size) =>
  dashboardLayout(size, dashboard).panes[dashboard.focus]?.rows ?? 1;

/** Rows to move; half a screen is a page. */
function stepOf(by: Move, rows: number, length: number): number {
  const half = Math.max(1, Math.floor(rows / 2));
  return typeof by === 'number' ? by : {page: half, '-page': -half, top: -length, bottom: length}[by];
}

/** Where it is now, not following any more. */
const stopped = (dashboard: DashboardState, view: View, size: Size): View => ({
  ...moveView(listOf(dashboard), view, 0, rowsOf(dashboard, size)),
  follow: false,
});
