import type {ShutdownWay} from '../../../lifecycle/session-message.ts';
import type {Context} from '../context.ts';
import type {OverlayKeys} from './overlay-keys.ts';

/** A question that is answered with enter or not at all. */
export function createAskKeys(
  {store}: Context,
  agreed: {deploy(): void; shutdown(way: ShutdownWay): void},
): OverlayKeys<'ask'> {
  return {
    press(overlay, key) {
      if (key !== 'enter') return;
      store.set({overlay: undefined});
      if (overlay.what === 'deploy') agreed.deploy();
      else agreed.shutdown(overlay.way);
    },
    paste: undefined,
  };
}
