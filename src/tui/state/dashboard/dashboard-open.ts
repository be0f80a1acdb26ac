import type {Stack} from '../../backend/backend.ts';
import {followed, followingView} from '../../ui/viewport.ts';
import type {DashboardState} from '../app-state.ts';
import type {Context} from '../context.ts';
import {news} from '../context.ts';
import {firstPlan} from '../requests/plan.ts';

const firstBurst = 3;
const firstViews = {environments: followingView, requests: followingView, events: followingView, logs: followingView};

/** Opens a session on a deployed stack and shows it; its commits become ours. */
export async function openDashboard(
  context: Context,
  stack: Stack,
  apiUrl: string,
  recordedWindow?: {minMs: number; maxMs: number},
): Promise<void> {
  const {store} = context;
  const {local} = store.get();
  const isOurs = stack.endpoint !== undefined && stack.endpoint === local?.endpoint;
  const idleWindow = recordedWindow ?? (isOurs ? local?.idleWindow : undefined);
  const session = await stack.openSession(apiUrl, idleWindow);
  if (context.leaving()) return session.close();
  await closeDashboard(context);
  const dashboard: DashboardState = {
    stack,
    apiUrl,
    session,
    data: session.getState(),
    focus: 'environments',
    tab: 'logs',
    zoomed: false,
    views: store.get().lastViews ?? firstViews,
    logSource: 'both',
    marks: [],
    burst: firstBurst,
    firing: undefined,
    plan: firstPlan,
    shutdownAgreed: false,
    environmentOrder: 'age',
    ...(idleWindow && {idleWindow}),
  };
  session.subscribe(() => {
    const current = store.get().dashboard;
    if (current?.session !== session) return;
    const data = session.getState();
    const notice = data.notices.at(-1);
    if (notice && notice !== current.data.notices.at(-1)) {
      news(context, notice.text, notice.level === 'warning' ? 'soon' : 'ok');
    }
    store.set({dashboard: {...current, data}});
  });
  store.set({screen: 'dashboard', dashboard, overlay: undefined});
  store.flush();
}

/** Ends the session on the screen, if there is one. */
export async function closeDashboard({store}: Pick<Context, 'store'>): Promise<void> {
  const {dashboard} = store.get();
  if (!dashboard) return;
  store.set({dashboard: undefined, lastViews: keptViews(dashboard.views)});
  await dashboard.session.close().catch(() => undefined);
}

/** Filters and the like, without the places in lists that are gone. */
function keptViews({environments, requests, events, logs}: DashboardState['views']): DashboardState['views'] {
  return {
    environments: followed(environments),
    requests: followed(requests),
    events: followed(events),
    logs: followed(logs),
  };
}
