import {addText, editText} from '../../ui/edit-text.ts';
import {currentIndex, markOf, placeOf, viewAt} from '../../ui/viewport.ts';
import type {PaneId} from '../app-state.ts';
import type {Context} from '../context.ts';
import {replaceView, setView, updateDashboard} from '../dashboard/shown-dashboard.ts';
import {focusedBox} from '../layout.ts';
import {foundRows, listOf} from './pane-lists.ts';
import {linesOf} from './row-lines.ts';

/** Filters of a pane that are remembered. */
const mostTyped = 50;

export type FilterOrders = ReturnType<typeof createFilterOrders>;

/** The filter of the focused pane, typed in the footer, and going from match to match. */
export function createFilterOrders(context: Context) {
  const {store} = context;

  function end() {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {filtering: _, recalled: _recalled, ...rest} = dashboard;
    store.set({dashboard: rest});
  }

  /** Keeps what was typed, the newest last and each once. */
  function remember(pane: PaneId) {
    const view = store.get().dashboard?.views[pane];
    if (!view || view.filter === '') return;
    const others = view.typed.filter(one => one !== view.filter);
    setView(context, pane, {typed: [...others, view.filter].slice(-mostTyped), search: ''});
  }

  /** Goes back through what was typed before, and again to what is being typed. */
  function recall(pane: PaneId, by: 1 | -1) {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {filter, typed} = dashboard.views[pane];
    const {back, draft} = dashboard.recalled ?? {back: 0, draft: filter};
    const next = Math.min(Math.max(0, back + by), typed.length);
    updateDashboard(context, {recalled: {back: next, draft}});
    setView(context, pane, {filter: next === 0 ? draft : typed[typed.length - next]!});
  }

  function type(pane: PaneId, change: (filter: string) => string) {
    const {dashboard} = store.get();
    if (!dashboard) return;
    const {recalled: _, ...rest} = dashboard;
    store.set({dashboard: rest});
    setView(context, pane, {filter: change(dashboard.views[pane].filter)});
  }

  /** Goes to the next or last match and from the end to the start. */
  function match(by: 1 | -1) {
    const {dashboard, size} = store.get();
    if (!dashboard) return;
    const {focus, views} = dashboard;
    const view = views[focus];
    const list = listOf(dashboard, focus);
    const matches = view.filter === '' ? foundRows(dashboard, focus) : list;
    const current = list.items.at(currentIndex(list, view));
    if (current === undefined || matches.items.length === 0) return;
    const {index, found} = placeOf(matches, markOf(list, current));
    const next = by === 1 && !found ? index : index + by;
    const target = matches.items.at((next + matches.items.length) % matches.items.length)!;
    const box = focusedBox(dashboard, size);
    const {index: at} = placeOf(list, markOf(list, target));
    replaceView(context, focus, viewAt(list, view, at, box.rows, linesOf(dashboard, focus, box)));
  }

  return {
    /** A key while a filter is being typed: it goes into the text. */
    press(key: string) {
      const {dashboard} = store.get();
      const pane = dashboard?.filtering;
      if (!pane) return;
      if (key === 'enter') {
        remember(pane);
        end();
      } else if (key === 'esc') {
        remember(pane);
        setView(context, pane, {filter: '', search: dashboard.views[pane].filter});
        end();
      } else if (key === 'up') recall(pane, 1);
      else if (key === 'down') recall(pane, -1);
      else type(pane, filter => editText(filter, key));
    },
    paste(text: string) {
      const pane = store.get().dashboard?.filtering;
      if (pane) type(pane, filter => addText(filter, text));
    },
    actions: {
      filter(argument?: string) {
        const {dashboard} = store.get();
        if (dashboard && argument !== undefined) setView(context, dashboard.focus, {filter: argument});
        else if (dashboard) updateDashboard(context, {filtering: dashboard.focus});
      },
      invert() {
        const {dashboard} = store.get();
        if (!dashboard) return;
        const {filter} = dashboard.views[dashboard.focus];
        const inverted = filter.startsWith('!') ? filter.slice(1) : `!${filter}`;
        if (filter !== '') setView(context, dashboard.focus, {filter: inverted});
      },
      nextMatch: () => match(1),
      lastMatch: () => match(-1),
    },
  };
}
