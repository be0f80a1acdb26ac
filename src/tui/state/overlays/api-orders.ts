import {callJson} from '../../presentation/api-row.ts';
import {awsCommandOf} from '../../presentation/shell-commands.ts';
import {currentIndex, followingView, moveView} from '../../ui/viewport.ts';
import type {Overlay} from '../app-state.ts';
import type {Context} from '../context.ts';
import {callList, callPlace, knownCalls} from './api-calls.ts';

type ApiOverlay = Extract<Overlay, {kind: 'api'}>;

/** Rows of the list, on a screen with this many. */
export const apiRows = (rows: number): number => rows - 4;

/** The calls of this session and of the last deployment, over the dashboard. */
export function createApiOrders(context: Context, copy: (text: string, what: string) => void) {
  const {store} = context;

  const show = (overlay: ApiOverlay) => store.set({overlay});

  function move(overlay: ApiOverlay, by: number) {
    const list = callList(knownCalls(store.get()));
    show({...overlay, view: moveView(list, overlay.view, by, apiRows(store.get().size.rows))});
  }

  const current = ({view}: ApiOverlay) => {
    const list = callList(knownCalls(store.get()));
    return list.items.at(currentIndex(list, view));
  };

  function details(overlay: ApiOverlay) {
    const call = current(overlay);
    if (call) show({...overlay, json: callJson(call)});
  }

  function copyCommand(overlay: ApiOverlay) {
    const call = current(overlay);
    if (!call) return;
    const {text, what} = awsCommandOf(call, callPlace(store.get()));
    copy(text, what);
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
    press({json, ...overlay}: ApiOverlay, key: string) {
      if (key === 'c') copyCommand(overlay);
      else if (json && key === 'y') copy(json.join('\n'), 'the call as JSON');
      else if (json) show(overlay);
      else if (key === 'enter') details(overlay);
      else if (key === 'f') show({...overlay, view: {...overlay.view, follow: !overlay.view.follow}});
      else if (key === '@') store.set({overlay: undefined});
      else if (moves[key]) move(overlay, moves[key]());
    },
    paste: undefined,
    actions: {calls: () => show({kind: 'api', view: followingView})},
  };
}
