import type {View} from '../../ui/viewport.ts';
import type {DashboardState, PaneId} from '../app-state.ts';
import type {Context} from '../context.ts';

/** Changes the dashboard that is open; without one nothing happens. */
export function updateDashboard({store}: Context, patch: Partial<DashboardState>): void {
  const {dashboard} = store.get();
  if (dashboard) store.set({dashboard: {...dashboard, ...patch}});
}

/** Looks at one pane in another way. */
export function replaceView(context: Context, pane: PaneId, view: View): void {
  const {dashboard} = context.store.get();
  if (dashboard) updateDashboard(context, {views: {...dashboard.views, [pane]: view}});
}

/** Changes how one pane is looked at. */
export function setView(context: Context, pane: PaneId, patch: Partial<View>): void {
  const {dashboard} = context.store.get();
  if (dashboard) replaceView(context, pane, {...dashboard.views[pane], ...patch});
}
