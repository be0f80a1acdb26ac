import {bindingFor} from '../keys/bindings.ts';
import {pastedLine} from '../ui/pasted-line.ts';
import {type Actions, interrupted} from './actions.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import type {Leaving} from './leaving.ts';
import type {FilterOrders} from './lists/filter-orders.ts';
import type {OverlayPresses} from './overlays/overlay-keys.ts';

type Takers = {actions: Actions; overlays: OverlayPresses; filter: Pick<FilterOrders, 'press' | 'paste'>};

/** Whom a key or a paste is for: what lies over the screen, the filter that is typed, else the key's binding. */
export function createKeyboard(context: Context, leaving: Leaving, {actions, overlays, filter}: Takers) {
  const {store} = context;

  function run(key: string) {
    const state = store.get();
    const binding = bindingFor(state, key);
    if (!binding) return;
    const reason = binding.off?.(state);
    if (reason === undefined) actions[binding.id]?.();
    else toast(context, `${binding.shown}: ${reason}`, 'soon');
  }

  return {
    press(key: string) {
      const {overlay, dashboard} = store.get();
      if (leaving.begun()) {
        if (key === 'ctrl+c') leaving.leave(interrupted);
        return;
      }
      if (key === 'ctrl+c') run(key);
      else if (overlay) overlays.press(overlay, key);
      else if (dashboard?.filtering) filter.press(key);
      else run(key);
      store.flush();
    },
    paste(text: string) {
      const {overlay, dashboard} = store.get();
      const line = pastedLine(text);
      if (!overlay && dashboard?.filtering) filter.paste(line);
      else if (!overlay || !overlays.paste(overlay, line)) toast(context, 'Pasted text is not taken as keys.', 'soon');
      store.flush();
    },
  };
}
