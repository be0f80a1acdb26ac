import {followingView} from '../ui/viewport.ts';
import type {DashboardState} from './app-state.ts';
import type {Stack} from './backend.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';

const firstBurst = 3;

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
    views: {environments: followingView, requests: followingView, events: followingView, logs: followingView},
    burst: firstBurst,
    rate: 0,
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
      toast(context, notice.text, notice.level === 'warning' ? 'soon' : 'ok');
    }
    store.set({dashboard: {...current, data}});
  });
  store.set({screen: 'dashboard', dashboard, overlay: undefined});
  store.flush();
}

/** Ends the session on the screen, if there is one. */
export async function closeDashboard({store}: Context): Promise<void> {
  const {dashboard} = store.get();
  if (!dashboard) return;
  store.set({dashboard: undefined});
  await dashboard.session.close().catch(() => undefined);
}
