import type {Context} from './context.ts';
import {toast} from './context.ts';
import {problemView} from './problem-view.ts';
import {updateDashboard} from './shown-dashboard.ts';

const bursts = [2, 3, 5, 10, 20, 40];
/** Each request of a burst takes this long, so that they overlap and every one needs an environment of its own. */
const burstSleepMs = 1_000;
const rates = [0, 1, 5];

/** Orders that send requests. Each returns at once; what comes of it is seen in the session's state. */
export function createFireOrders(context: Context) {
  const {store} = context;
  const current = () => store.get().dashboard;
  let beat: NodeJS.Timeout | undefined;
  const stopRate = () => clearInterval(beat);
  const fire = (count: number, sleepMs = 0) =>
    void current()
      ?.session.fire({count, concurrency: count, ...(sleepMs > 0 && {sleepMs})})
      .catch(error => {
        if (!context.leaving()) toast(context, problemView(error).title, 'error');
      });

  function resizeBurst(by: 1 | -1) {
    const dashboard = current();
    if (!dashboard) return;
    const index = bursts.indexOf(dashboard.burst) + by;
    updateDashboard(context, {burst: bursts[Math.min(Math.max(0, index), bursts.length - 1)]!});
  }

  function nextRate() {
    const dashboard = current();
    if (!dashboard) return;
    const rate = rates[(rates.indexOf(dashboard.rate) + 1) % rates.length]!;
    stopRate();
    updateDashboard(context, {rate});
    const {session} = dashboard;
    if (rate === 0) return;
    beat = setInterval(() => {
      if (current()?.session === session && !context.leaving()) fire(1);
      else stopRate();
    }, 1_000 / rate);
  }

  return {
    stopRate,
    actions: {
      fire: () => fire(1),
      burst: () => fire(current()?.burst ?? 1, burstSleepMs),
      more: () => resizeBurst(1),
      fewer: () => resizeBurst(-1),
      rate: nextRate,
    },
  };
}
