import {took} from '../presentation/clock.ts';
import {shortId} from '../presentation/short-id.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import {problemView} from './problem-view.ts';
import {updateDashboard} from './shown-dashboard.ts';

/** How long forced SHUTDOWNs are waited for, ms. */
const shutdownWait = {local: 10_000, aws: 600_000};

/** Force SHUTDOWN. On AWS it is asked for once per session. */
export function createShutdownOrders(context: Context) {
  const {store} = context;

  async function force() {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const waitMs = dashboard.stack.endpoint === undefined ? shutdownWait.aws : shutdownWait.local;
    try {
      const outcome = await dashboard.session.forceShutdown({how: 'update', waitMs});
      if (context.leaving() || store.get().dashboard?.session !== dashboard.session) return;
      const {shutdowns, missing} = outcome;
      const slowest = Math.max(0, ...shutdowns.map(({latencyMs}) => latencyMs));
      if (missing.length > 0) {
        const names = missing.map(shortId).join(' ');
        toast(context, `${missing.length} without SHUTDOWN after ${took(waitMs)}: ${names}`, 'soon');
      } else if (shutdowns.length > 0) {
        toast(context, `${shutdowns.length} of ${shutdowns.length} environments gone in ${took(slowest)}.`);
      } else toast(context, 'No environment was live.');
    } catch (error) {
      if (!context.leaving()) toast(context, problemView(error).title, 'error');
    }
  }

  return {
    /** The question has been answered with yes. */
    agreed() {
      updateDashboard(context, {shutdownAgreed: true});
      void force();
    },
    actions: {
      shutdown() {
        const open = store.get().dashboard;
        if (!open) return;
        if (open.stack.endpoint === undefined && !open.shutdownAgreed) {
          store.set({overlay: {kind: 'ask', what: 'shutdown', stack: open.stack}});
        } else void force();
      },
    },
  };
}
