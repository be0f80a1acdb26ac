import {editText} from '../ui/edit-text.ts';
import type {Overlay} from './app-state.ts';
import type {Stack} from './backend.ts';
import type {Context} from './context.ts';
import {pressEnvironment} from './environment-keys.ts';

export type OverlayOrders = {deploy(): void; shutdown(): void; teardown(stack: Stack): void};

/** Keys while something lies over the screen: it takes them all. */
export function pressOverlay(context: Context, overlay: Overlay, key: string, orders: OverlayOrders): void {
  const {store} = context;
  const close = () => store.set({overlay: undefined});
  const retype = (text: string) => editText(text, key);
  if (key === 'esc' || overlay.kind === 'details') close();
  else if (overlay.kind === 'environment') pressEnvironment(context, overlay, key);
  else if (overlay.kind === 'help') {
    if (key === '?' || key === 'enter') close();
    else store.set({overlay: {...overlay, search: retype(overlay.search)}});
  } else if (overlay.kind === 'teardown') {
    if (key !== 'enter') store.set({overlay: {...overlay, typed: retype(overlay.typed)}});
    else if (teardownAgreed(overlay)) {
      close();
      orders.teardown(overlay.stack);
    }
  } else if (key === 'enter') {
    close();
    orders[overlay.what]();
  }
}

/** On an endpoint Enter is enough; on AWS the region has to be typed. */
export const teardownAgreed = ({stack, typed}: Extract<Overlay, {kind: 'teardown'}>): boolean =>
  stack.endpoint !== undefined || typed === stack.region;
