import {autoSpan, spanNamed, zoomedSpan} from '../../presentation/timeline-span.ts';
import {currentIndex, followingView} from '../../ui/viewport.ts';
import type {Actions} from '../actions.ts';
import type {Context} from '../context.ts';
import {environmentList, environmentOrders, itemKey} from '../lists/environment-list.ts';
import {setView, updateDashboard} from './shown-dashboard.ts';

/** How the environments are looked at: zoom, order, and one of them in full. */
export function createEnvironmentOrders(context: Context): {actions: Actions} {
  const {store} = context;

  function zoom(by: 1 | -1) {
    const {dashboard} = store.get();
    if (dashboard) look(zoomedSpan(dashboard.timelineMs, autoSpan(dashboard.idleWindow), by));
  }

  /** So far back, ms; by itself without. */
  function look(timelineMs: number | undefined) {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {timelineMs: _, ...rest} = dashboard;
    store.set({dashboard: timelineMs === undefined ? rest : {...rest, timelineMs}});
  }

  function order(argument?: string) {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const after =
      environmentOrders[(environmentOrders.indexOf(dashboard.environmentOrder) + 1) % environmentOrders.length]!;
    const next = environmentOrders.find(one => one === argument) ?? after;
    const {environments: view} = dashboard.views;
    const before = environmentList(dashboard);
    const item = before.items.at(currentIndex(before, view));
    updateDashboard(context, {environmentOrder: next});
    if (!item) return;
    // The cursor stays on its environment, wherever that goes, and the list is scrolled no farther than that takes.
    const key = itemKey(item);
    const row = environmentList({...dashboard, environmentOrder: next}).items.findIndex(one => itemKey(one) === key);
    setView(context, 'environments', {follow: false, key, row});
  }

  function environment() {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const list = environmentList(dashboard);
    const item = list.items.at(currentIndex(list, dashboard.views.environments));
    if (item && item.state !== 'init') store.set({overlay: {kind: 'environment', id: item.id, view: followingView}});
  }

  return {
    actions: {
      zoomIn: () => zoom(-1),
      zoomOut: () => zoom(1),
      timeline: (argument = '') => look(spanNamed(argument)),
      order,
      environment,
    },
  };
}
