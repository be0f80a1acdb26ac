import {themeNames} from '../theme.ts';
import {type Actions, interrupted} from './actions.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';

type Ways = {
  leave(code: number): void;
  /** Stops what runs; false when there was nothing left to stop. */
  stop(): boolean;
  suspend(): void;
};

/** What means the same on every screen. */
export function createAnywhereOrders(context: Context, {leave, stop, suspend}: Ways): {actions: Actions} {
  const {store, backend} = context;

  function theme(wanted?: string) {
    const named = themeNames.find(name => name === wanted);
    const next = named ?? themeNames[(themeNames.indexOf(store.get().theme) + 1) % themeNames.length]!;
    store.set({theme: next});
    toast(context, `Theme: ${next}`);
  }

  return {
    actions: {
      theme,
      help: () => store.set({overlay: {kind: 'help', search: '', selected: 0}, recordedIn: backend.recordedIn?.()}),
      stop() {
        if (!stop()) leave(interrupted);
      },
      suspend,
      interrupt: () => leave(interrupted),
    },
  };
}
