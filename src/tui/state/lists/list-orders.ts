import type {View} from '../../ui/viewport.ts';
import {currentIndex, followed, moveView, viewAt} from '../../ui/viewport.ts';
import type {DashboardState, PaneId, ProgressState} from '../app-state.ts';
import {paneIds} from '../app-state.ts';
import type {Context} from '../context.ts';
import {replaceView, setView, updateDashboard} from '../dashboard/shown-dashboard.ts';
import type {Size} from '../layout.ts';
import {focusedBox} from '../layout.ts';
import {moveSelection} from '../menu/menu-orders.ts';
import {callList} from '../overlays/api-calls.ts';
import {progressLayout} from '../progress/progress-layout.ts';
import {listOf} from './pane-lists.ts';
import {linesOf} from './row-lines.ts';

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
      const box = focusedBox(dashboard, size);
      const list = listOf(dashboard, focus);
      const step = stepOf(by, box.rows, list.items.length);
      replaceView(context, focus, moveView(list, views[focus], step, box.rows, linesOf(dashboard, focus, box)));
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
      const {focus, views} = dashboard;
      const view = views[focus];
      replaceView(context, focus, view.follow ? stopped(dashboard, size) : followed(view));
    }
  }

  const focus = (pane: PaneId) => updateDashboard(context, {focus: pane, ...(pane !== 'environments' && {tab: pane})});

  function cycle(by: 1 | -1) {
    const {dashboard} = store.get();
    if (dashboard) focus(paneIds[(paneIds.indexOf(dashboard.focus) + by + paneIds.length) % paneIds.length]!);
  }

  function back() {
    const {dashboard} = store.get();
    const view = dashboard?.views[dashboard.focus];
    if (dashboard && view && view.filter !== '') setView(context, dashboard.focus, {filter: '', search: view.filter});
    else if (dashboard && view && view.search !== '') setView(context, dashboard.focus, {search: ''});
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

/** Rows to move; half a screen is a page. */
function stepOf(by: Move, rows: number, length: number): number {
  const half = Math.max(1, Math.floor(rows / 2));
  return typeof by === 'number' ? by : {page: half, '-page': -half, top: -length, bottom: length}[by];
}

/** Where it is now, not following any more. */
function stopped(dashboard: DashboardState, size: Size): View {
  const {focus, views} = dashboard;
  const list = listOf(dashboard, focus);
  const box = focusedBox(dashboard, size);
  return viewAt(list, views[focus], currentIndex(list, views[focus]), box.rows, linesOf(dashboard, focus, box));
}
