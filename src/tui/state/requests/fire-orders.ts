import type {FireRequest} from '../../../operate/session/session-state.ts';
import type {Overlay} from '../app-state.ts';
import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {updateDashboard} from '../dashboard/shown-dashboard.ts';
import {problemView} from '../problem-view.ts';
import {doneWords, type Firing, noProgress} from './firing.ts';
import {readPlan} from './plan.ts';
import {planAfter} from './plan-argument.ts';
import {editPlan, pasteIntoPlan} from './plan-keys.ts';

type PlanOverlay = Extract<Overlay, {kind: 'plan'}>;

const bursts = [2, 3, 5, 10, 20, 40];
/** Each request of a burst takes this long, so that they overlap and every one needs an environment of its own. */
const burstSleepMs = 1_000;
const rates = [0, 1, 2, 5, 10];
/** A steady rate never has more under way. */
const rateSlots = 20;

/** Orders that send requests. Each returns at once; what comes of it is seen in the session's state. */
export function createFireOrders(context: Context) {
  const {store} = context;
  const current = () => store.get().dashboard;
  let running: AbortController | undefined;

  const fire = (count: number, sleepMs = 0) =>
    void current()
      ?.session.fire({count, concurrency: count, ...(sleepMs > 0 && {sleepMs})})
      .catch(told);

  function told(error: unknown) {
    if (!context.leaving()) toast(context, problemView(error).title, 'error');
  }

  /** One run at a time: a new one ends the one before, whose last answers still come. */
  async function run(kind: Firing['kind'], request: FireRequest) {
    const {session} = current() ?? {};
    if (!session) return;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const shown = () => running === mine && current()?.session === session && !context.leaving();
    let firing: Firing = {kind, request, progress: noProgress, stopping: false};
    updateDashboard(context, {firing});
    try {
      await session.fire(request, {
        stop: mine.signal,
        onProgress(progress) {
          firing = {...firing, progress, stopping: mine.signal.aborted};
          if (shown()) updateDashboard(context, {firing});
        },
      });
      if (shown()) toast(context, doneWords(firing), firing.progress.failed > 0 ? 'soon' : 'ok');
    } catch (error) {
      if (shown()) told(error);
    }
    if (shown()) updateDashboard(context, {firing: undefined});
    if (running === mine) running = undefined;
  }

  function stop() {
    running?.abort();
    const {firing} = current() ?? {};
    if (firing) updateDashboard(context, {firing: {...firing, stopping: true}});
  }

  function resizeBurst(by: 1 | -1) {
    const dashboard = current();
    if (!dashboard) return;
    const index = bursts.indexOf(dashboard.burst) + by;
    updateDashboard(context, {burst: bursts[Math.min(Math.max(0, index), bursts.length - 1)]!});
  }

  /** The next pace, off after the fastest; a plan is only stopped. */
  function nextRate() {
    const {firing} = current() ?? {};
    if (firing?.kind === 'plan' && !firing.stopping) return stop();
    const before = firing?.kind === 'rate' && !firing.stopping ? (firing.request.rate ?? 0) : 0;
    const rate = rates[(rates.indexOf(before) + 1) % rates.length]!;
    keepRate(rate);
  }

  /** So many a second from now on; 0 stops. */
  function keepRate(rate: number) {
    if (rate === 0) stop();
    else void run('rate', {count: Number.POSITIVE_INFINITY, concurrency: rateSlots, rate});
  }

  /** Starts what was typed, or stops what is running. */
  function startPlan(overlay: PlanOverlay) {
    const {firing} = current() ?? {};
    if (firing && !firing.stopping) {
      stop();
      return store.set({overlay: undefined});
    }
    const read = readPlan(overlay.plan);
    if ('errors' in read) return store.set({overlay: {...overlay, errors: read.errors}});
    store.set({overlay: undefined});
    void run('plan', read.request);
  }

  function edit(overlay: PlanOverlay) {
    store.set({overlay});
    // What is typed is kept for the next time, left or not.
    updateDashboard(context, {plan: overlay.plan});
  }

  return {
    stop,
    press(overlay: PlanOverlay, key: string) {
      if (key === 'enter') startPlan(overlay);
      else edit(editPlan(overlay, key));
    },
    paste(overlay: PlanOverlay, text: string) {
      const pasted = pasteIntoPlan(overlay, text);
      if (pasted) edit(pasted);
      else toast(context, 'What was pasted does not fit into this field.', 'soon');
    },
    actions: {
      fire: () => fire(1),
      burst: (argument?: string) => fire(Number(argument ?? current()?.burst ?? 1), burstSleepMs),
      more: () => resizeBurst(1),
      fewer: () => resizeBurst(-1),
      rate: (argument?: string) => (argument === undefined ? nextRate() : keepRate(Number(argument))),
      plan(argument?: string) {
        const dashboard = current();
        if (!dashboard) return;
        const overlay = {kind: 'plan', plan: dashboard.plan, field: 'count'} as const;
        if (argument === undefined) return store.set({overlay});
        const plan = planAfter(argument, dashboard.plan);
        const read = readPlan(plan);
        edit({...overlay, plan, ...('errors' in read && {errors: read.errors})});
      },
    },
  };
}
