import {callMembers} from '../presentation/api-row.ts';
import {currentIndex, followingView, moveView} from '../ui/viewport.ts';
import {callList, knownCalls} from './api-calls.ts';
import type {Overlay} from './app-state.ts';
import type {Context} from './context.ts';

type ApiOverlay = Extract<Overlay, {kind: 'api'}>;

/** Rows of the list, on a screen with this many. */
export const apiRows = (rows: number): number => rows - 4;

/** The calls of this session and of the last deployment, over the dashboard. */
export function createApiOrders(context: Context) {
  const {store} = context;

  const show = (overlay: ApiOverlay) => store.set({overlay});

  function move(overlay: ApiOverlay, by: number) {
    const list = callList(knownCalls(store.get()));
    show({...overlay, view: moveView(list, overlay.view, by, apiRows(store.get().size.rows))});
  }

  function details(overlay: ApiOverlay) {
    const list = callList(knownCalls(store.get()));
    const call = list.items[currentIndex(list, overlay.view)];
    if (call) show({...overlay, members: callMembers(call)});
  }

  const half = () => Math.max(1, Math.floor(apiRows(store.get().size.rows) / 2));
  const all = () => knownCalls(store.get()).length;
  const moves: Readonly<Record<string, () => number>> = {
    up: () => -1,
    k: () => -1,
    down: () => 1,
    j: () => 1,
    'ctrl+u': () => -half(),
    pageup: () => -half(),
    'ctrl+d': half,
    pagedown: half,
    g: () => -all(),
    home: () => -all(),
    G: all,
    end: all,
  };

  return {
    press({members, ...overlay}: ApiOverlay, key: string) {
      if (members) show(overlay);
      else if (key === 'enter') details(overlay);
      else if (key === 'f') show({...overlay, view: {...overlay.view, follow: !overlay.view.follow}});
      else if (key === '@') store.set({overlay: undefined});
      else if (moves[key]) move(overlay, moves[key]());
    },
    actions: {calls: () => show({kind: 'api', view: followingView})},
  };
}
