import {took} from '../presentation/clock.ts';
import {shortId} from '../presentation/short-id.ts';
import type {List, View} from '../ui/viewport.ts';
import {followingView, moveView} from '../ui/viewport.ts';
import type {DashboardState, PaneId} from './app-state.ts';
import {paneIds} from './app-state.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import {dashboardLayout} from './layout.ts';
import {paneLists} from './pane-lists.ts';
import {problemView} from './problem-view.ts';

const bursts = [2, 3, 5, 10, 20, 40];
/** Each request of a burst takes this long, so that they overlap and every one needs an environment of its own. */
const burstSleepMs = 1_000;
const rates = [0, 1, 5];
/** How long forced SHUTDOWNs are waited for, ms. */
const shutdownWait = {local: 10_000, aws: 600_000};

/** Orders of the dashboard. Each returns at once; what comes of it is seen in the session's state. */
export function createDashboardOrders(context: Context) {
  const {store} = context;
  const current = () => store.get().dashboard;
  const update = (patch: Partial<DashboardState>) => {
    const dashboard = current();
    if (dashboard) store.set({dashboard: {...dashboard, ...patch}});
  };
  const setView = (pane: PaneId, view: View) => {
    const dashboard = current();
    if (dashboard) update({views: {...dashboard.views, [pane]: view}});
  };
  const complain = (error: unknown) => {
    if (!context.leaving()) toast(context, problemView(error).title, 'error');
  };
  const rowsOf = (dashboard: DashboardState) =>
    dashboardLayout(store.get().size, dashboard).panes[dashboard.focus]?.rows ?? 1;

  let beat: NodeJS.Timeout | undefined;
  const stopRate = () => clearInterval(beat);
  const fire = (count: number, sleepMs = 0) =>
    void current()
      ?.session.fire({count, concurrency: count, ...(sleepMs > 0 && {sleepMs})})
      .catch(complain);

  return {
    fire: () => fire(1),
    burst: () => fire(current()?.burst ?? 1, burstSleepMs),
    resizeBurst(by: 1 | -1) {
      const dashboard = current();
      if (!dashboard) return;
      const index = bursts.indexOf(dashboard.burst) + by;
      update({burst: bursts[Math.min(Math.max(0, index), bursts.length - 1)]!});
    },
    nextRate() {
      const dashboard = current();
      if (!dashboard) return;
      const rate = rates[(rates.indexOf(dashboard.rate) + 1) % rates.length]!;
      stopRate();
      update({rate});
      const {session} = dashboard;
      if (rate === 0) return;
      beat = setInterval(() => {
        if (current()?.session === session && !context.leaving()) fire(1);
        else stopRate();
      }, 1_000 / rate);
    },
    async forceShutdown() {
      const dashboard = current();
      if (!dashboard) return;
      const waitMs = dashboard.stack.endpoint === undefined ? shutdownWait.aws : shutdownWait.local;
      try {
        const outcome = await dashboard.session.forceShutdown({how: 'update', waitMs});
        if (context.leaving() || current()?.session !== dashboard.session) return;
        const {shutdowns, missing} = outcome;
        const slowest = Math.max(0, ...shutdowns.map(({latencyMs}) => latencyMs));
        if (missing.length > 0) {
          const names = missing.map(shortId).join(' ');
          toast(context, `${missing.length} without SHUTDOWN after ${took(waitMs)}: ${names}`, 'soon');
        } else if (shutdowns.length > 0) {
          toast(context, `${shutdowns.length} of ${shutdowns.length} environments gone in ${took(slowest)}.`);
        } else toast(context, 'No environment was live.');
      } catch (error) {
        complain(error);
      }
    },
    focus(pane: PaneId) {
      update({focus: pane, ...(pane !== 'environments' && {tab: pane})});
    },
    cycle(by: 1 | -1) {
      const dashboard = current();
      if (!dashboard) return;
      const index = (paneIds.indexOf(dashboard.focus) + by + paneIds.length) % paneIds.length;
      this.focus(paneIds[index]!);
    },
    zoom: () => update({zoomed: !current()?.zoomed}),
    move(by: number | 'page' | '-page' | 'top' | 'bottom') {
      const dashboard = current();
      if (!dashboard) return;
      const rows = rowsOf(dashboard);
      const list = paneLists[dashboard.focus](dashboard) as List<unknown>;
      const step = typeof by === 'number' ? by : steps(rows, list.items.length)[by];
      setView(dashboard.focus, moveView(list, dashboard.views[dashboard.focus], step, rows));
    },
    follow() {
      const dashboard = current();
      if (!dashboard) return;
      const view = dashboard.views[dashboard.focus];
      const list = paneLists[dashboard.focus](dashboard) as List<unknown>;
      const stopped = moveView(list, view, 0, rowsOf(dashboard));
      setView(dashboard.focus, view.follow ? {...stopped, follow: false} : {...followingView, filter: view.filter});
    },
    startFilter() {
      const dashboard = current();
      if (dashboard) update({filtering: dashboard.focus});
    },
    setFilter(filter: string) {
      const dashboard = current();
      if (dashboard?.filtering) setView(dashboard.filtering, {...dashboard.views[dashboard.filtering], filter});
    },
    endFilter() {
      const dashboard = current();
      if (!dashboard) return;
      const {filtering: _, ...rest} = dashboard;
      store.set({dashboard: rest});
    },
    agreeToShutdown: () => update({shutdownAgreed: true}),
    stopRate,
  };
}

const steps = (rows: number, length: number) => ({
  page: Math.max(1, Math.floor(rows / 2)),
  '-page': -Math.max(1, Math.floor(rows / 2)),
  top: -length,
  bottom: length,
});
