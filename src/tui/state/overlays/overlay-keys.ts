import type {ShutdownWay} from '../../../lifecycle/session-message.ts';
import {scrolled, textRows} from '../../ui/text-scroll.ts';
import type {DetailsOverlay, Overlay} from '../app-state.ts';
import type {Context} from '../context.ts';
import {pressEnvironment} from '../dashboard/environment-keys.ts';
import {detailsBox} from '../layout.ts';
import {pressHelp} from './help-keys.ts';

type Of<Kind extends Overlay['kind']> = Extract<Overlay, {kind: Kind}>;

/** What overlays that have orders of their own do with a key; `esc` closes every one and does not come here. */
type OverlayPresses = {
  [Kind in 'teardown' | 'region' | 'quit' | 'palette' | 'api' | 'plan' | 'shutdown']: (
    overlay: Of<Kind>,
    key: string,
  ) => void;
};
export type OverlayOrders = {
  deploy(): void;
  shutdown(way: ShutdownWay): void;
  copy(text: string, what: string): void;
  presses: OverlayPresses;
};

/** Keys while something lies over the screen: it takes them all. */
export function pressOverlay(context: Context, overlay: Overlay, key: string, orders: OverlayOrders): void {
  const {store} = context;
  const close = () => store.set({overlay: undefined});
  if (key === 'esc') {
    close();
    return;
  }
  switch (overlay.kind) {
    case 'help':
      pressHelp(context, overlay, key);
      return;
    case 'ask':
      if (key !== 'enter') return;
      close();
      if (overlay.what === 'deploy') orders.deploy();
      else orders.shutdown(overlay.way);
      return;
    case 'details':
      pressDetails(context, overlay, key, orders);
      return;
    case 'environment':
      pressEnvironment(context, overlay, key, orders.copy);
      return;
    default:
      // Each is asked by its own kind only, which the type of the table cannot say of an entry that is looked up.
      (orders.presses[overlay.kind] as (overlay: Overlay, key: string) => void)(overlay, key);
  }
}

function pressDetails({store}: Context, overlay: DetailsOverlay, key: string, {copy}: OverlayOrders): void {
  const {width, height} = detailsBox(store.get().size);
  const top = scrolled(overlay.top, key, textRows(overlay.text, width).length, height);
  if (top !== undefined) store.set({overlay: {...overlay, top}});
  else if (key === 'y') copy(overlay.json, 'all of it as JSON');
  else if (key === 'c') copy(overlay.as.text, overlay.as.what);
  else if (key === 'enter' || key === 'q') store.set({overlay: undefined});
}
