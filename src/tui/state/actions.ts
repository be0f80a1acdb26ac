import {paneIds} from './app-state.ts';
import type {Context} from './context.ts';
import {currentRow} from './current-row.ts';
import type {createDashboardOrders} from './dashboard-orders.ts';
import {loadTargets} from './menu-orders.ts';
import type {createProgressOrders} from './progress-orders.ts';
import type {createTargetOrders} from './target-orders.ts';
import type {createViewOrders} from './view-orders.ts';

/** The exit code of an app that was interrupted. */
export const interrupted = 130;

type Orders = {
  progress: ReturnType<typeof createProgressOrders>;
  dashboard: ReturnType<typeof createDashboardOrders>;
  targets: ReturnType<typeof createTargetOrders>;
  view: ReturnType<typeof createViewOrders>;
  leave(code: number): void;
  suspend(): void;
};

/** What each binding does, by its id. */
export function createActions(
  context: Context,
  {progress, dashboard, targets, view, leave, suspend}: Orders,
): Record<string, () => void> {
  const {store} = context;
  return {
    open: targets.open,
    rescan: () => void loadTargets(context),
    fire: dashboard.fire,
    burst: dashboard.burst,
    more: () => dashboard.resizeBurst(1),
    fewer: () => dashboard.resizeBurst(-1),
    rate: dashboard.nextRate,
    shutdown: targets.shutdown,
    details() {
      const row = currentRow(store.get());
      if (row) store.set({overlay: {kind: 'details', ...row}});
    },
    filter: dashboard.startFilter,
    follow: view.follow,
    copy: () => view.copy(currentRow(store.get())?.copy, 'the line'),
    copyUrl: () => view.copy(store.get().dashboard?.apiUrl, 'the URL'),
    next: () => dashboard.cycle(1),
    previous: () => dashboard.cycle(-1),
    ...Object.fromEntries(paneIds.map((pane, index) => [`pane${index + 1}`, () => dashboard.focus(pane)])),
    up: () => view.move(-1),
    down: () => view.move(1),
    pageUp: () => view.move('-page'),
    pageDown: () => view.move('page'),
    top: () => view.move('top'),
    bottom: () => view.move('bottom'),
    zoom: dashboard.zoom,
    deploy: targets.deploy,
    teardown: () => void targets.teardown(),
    stop() {
      if (!progress.stop()) leave(interrupted);
    },
    continue: () => void targets.toMenu(),
    theme: view.nextTheme,
    help: () => store.set({overlay: {kind: 'help', search: ''}}),
    back: view.back,
    suspend,
    interrupt: () => leave(interrupted),
    quit: () => leave(0),
  };
}
