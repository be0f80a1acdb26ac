import type {ShutdownWay} from '../../../lifecycle/session-message.ts';
import {shutdownEnd} from '../../presentation/shutdown-progress.ts';
import {shutdownWays} from '../../presentation/shutdown-ways.ts';
import type {DashboardState, Overlay} from '../app-state.ts';
import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {updateDashboard} from '../dashboard/shown-dashboard.ts';
import {problemView} from '../problem-view.ts';

/** An invocation under way ends within this, and its environment after it, ms. */
const busyMs = 10_000;
/** AWS may let an environment of the old configuration idle on as long as any other, ms. */
const longestIdleMs = 600_000;
/** A reset is told as it happens; its event is read with one of the next polls, ms. */
const resetMs = 30_000;

/** Force SHUTDOWN. On AWS it is asked for once per session. */
export function createShutdownOrders(context: Context) {
  const {store} = context;
  let waiting: AbortController | undefined;

  async function force(how: ShutdownWay) {
    const {dashboard} = store.get();
    if (!dashboard || isWaiting(dashboard)) return;
    const {session} = dashboard;
    const mine = new AbortController();
    waiting = mine;
    try {
      await session.forceShutdown({how, waitMs: waitMsFor(dashboard, how)}, mine.signal);
      const {shutdown} = session.getState();
      if (context.leaving() || store.get().dashboard?.session !== session || !shutdown) return;
      const {text, ok} = shutdownEnd(shutdown);
      toast(context, text, ok ? 'ok' : 'soon');
    } catch (error) {
      if (!context.leaving()) toast(context, problemView(error).title, 'error');
    } finally {
      if (waiting === mine) waiting = undefined;
    }
  }

  function ask(way: ShutdownWay) {
    const {dashboard, menu} = store.get();
    if (!dashboard) return;
    if (dashboard.stack.endpoint !== undefined || dashboard.shutdownAgreed) {
      store.set({overlay: undefined});
      return void force(way);
    }
    const {stack} = dashboard;
    const check = menu.targets.find(row => row.stack === stack)?.check;
    const account = check?.state === 'known' ? check.status.account : undefined;
    store.set({overlay: {kind: 'ask', what: 'shutdown', stack, way, ...(account !== undefined && {account})}});
  }

  return {
    /** The question has been answered with yes. */
    agreed(way: ShutdownWay) {
      updateDashboard(context, {shutdownAgreed: true});
      void force(way);
    },
    press(overlay: Extract<Overlay, {kind: 'shutdown'}>, key: string) {
      const {dashboard} = store.get();
      if (key !== 'enter') store.set({overlay: {...overlay, way: wayAfter(overlay.way, key)}});
      else if (dashboard && isWaiting(dashboard)) {
        toast(context, 'One is being waited for: leave this, and esc stops waiting.', 'soon');
      } else ask(overlay.way);
    },
    paste: undefined,
    actions: {
      shutdown: (argument?: string) => ask(shutdownWays.find(way => way === argument) ?? 'update'),
      chooseShutdown: () => store.set({overlay: {kind: 'shutdown', way: shutdownWays[0]}}),
      giveUp: () => waiting?.abort(),
    },
  };
}

/** SHUTDOWNs that were ordered are still being waited for. */
export const isWaiting = ({data: {shutdown}}: DashboardState): boolean => shutdown !== undefined && !shutdown.finished;

/** Until even an environment that no order reaches would have gone by itself. */
function waitMsFor({idleWindow}: DashboardState, how: ShutdownWay): number {
  if (how !== 'update') return resetMs;
  return idleWindow ? idleWindow.maxMs + busyMs : longestIdleMs;
}

function wayAfter(way: ShutdownWay, key: string): ShutdownWay {
  const by = ['down', 'j', 'tab'].includes(key) ? 1 : ['up', 'k', 'shift+tab'].includes(key) ? -1 : 0;
  return shutdownWays[(shutdownWays.indexOf(way) + by + shutdownWays.length) % shutdownWays.length]!;
}
