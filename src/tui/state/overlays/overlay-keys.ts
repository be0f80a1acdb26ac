import type {Overlay} from '../app-state.ts';
import type {Context} from '../context.ts';

type OverlayOf<Kind extends Overlay['kind']> = Extract<Overlay, {kind: Kind}>;

/** What an overlay does with what is typed while it lies over the screen. */
export type OverlayKeys<Kind extends Overlay['kind']> = {
  press(overlay: OverlayOf<Kind>, key: string): void;
  /** Takes pasted text, as one line; undefined where nothing is typed. */
  paste: ((overlay: OverlayOf<Kind>, text: string) => void) | undefined;
};

/** Every overlay takes all keys but `esc`, which closes it. */
export type OverlayTable = {[Kind in Overlay['kind']]: OverlayKeys<Kind>};

export type OverlayPresses = {
  press(overlay: Overlay, key: string): void;
  /** Returns whether it was taken. */
  paste(overlay: Overlay, text: string): boolean;
};

export function createOverlayKeys({store}: Context, table: OverlayTable): OverlayPresses {
  // Each is asked by its own kind only, which the type of the table cannot say of an entry that is looked up.
  const of = (overlay: Overlay) => table[overlay.kind] as OverlayKeys<Overlay['kind']>;
  return {
    press(overlay, key) {
      if (key === 'esc') store.set({overlay: undefined});
      else of(overlay).press(overlay, key);
    },
    paste(overlay, text) {
      const {paste} = of(overlay);
      paste?.(overlay, text);
      return paste !== undefined;
    },
  };
}
