import {themeNames} from '../theme.ts';
import {moveView} from '../ui/viewport.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import type {createDashboardOrders} from './dashboard-orders.ts';
import {moveSelection} from './menu-orders.ts';

/** What changes the view only: moving, going back, following, the theme, the clipboard. */
export function createViewOrders(
  context: Context,
  dashboard: ReturnType<typeof createDashboardOrders>,
  toMenu: () => void,
) {
  const {store} = context;

  function move(by: Parameters<typeof dashboard.move>[0]) {
    const {screen, progress: shown} = store.get();
    if (screen === 'menu' && typeof by === 'number') moveSelection(context, by);
    else if (screen === 'dashboard') dashboard.move(by);
    else if (shown) {
      const rows = 8;
      const step = typeof by === 'number' ? by : {page: rows, '-page': -rows, top: -1e6, bottom: 1e6}[by];
      const list = {items: shown.api, keyOf: (call: {at: string}) => call.at, newestAt: 'bottom'} as const;
      store.set({progress: {...shown, view: moveView(list, shown.view, step, rows)}});
    }
  }

  function back() {
    const {dashboard: open} = store.get();
    if (open && open.views[open.focus].filter !== '') {
      dashboard.startFilter();
      dashboard.setFilter('');
      dashboard.endFilter();
    } else if (open?.zoomed) dashboard.zoom();
    else toMenu();
  }

  function follow() {
    const {progress: shown} = store.get();
    if (store.get().screen === 'progress' && shown) {
      store.set({progress: {...shown, view: {...shown.view, follow: true}}});
    } else dashboard.follow();
  }

  function nextTheme() {
    const theme = themeNames[(themeNames.indexOf(store.get().theme) + 1) % themeNames.length]!;
    store.set({theme});
    toast(context, `Theme: ${theme}`);
  }

  function copy(text: string | undefined, what: string) {
    if (text === undefined) return;
    context.copy(text);
    toast(context, `Copied ${what}.`);
  }

  return {move, back, follow, nextTheme, copy};
}
