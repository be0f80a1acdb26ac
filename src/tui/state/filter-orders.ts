import {editText} from '../ui/edit-text.ts';
import type {Context} from './context.ts';
import {setView, updateDashboard} from './shown-dashboard.ts';

/** The filter of the focused pane, typed in the footer. */
export function createFilterOrders(context: Context) {
  const {store} = context;

  function end() {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {filtering: _, ...rest} = dashboard;
    store.set({dashboard: rest});
  }

  return {
    /** A key while a filter is being typed: it goes into the text. */
    press(key: string) {
      const {dashboard} = store.get();
      const pane = dashboard?.filtering;
      if (!pane) return;
      if (key === 'enter') end();
      else if (key === 'esc') {
        setView(context, pane, {filter: ''});
        end();
      } else setView(context, pane, {filter: editText(dashboard.views[pane].filter, key)});
    },
    actions: {
      filter() {
        const {dashboard} = store.get();
        if (dashboard) updateDashboard(context, {filtering: dashboard.focus});
      },
    },
  };
}
