import {scrolled, textRows} from '../../ui/text-scroll.ts';
import type {Context} from '../context.ts';
import {detailsBox} from '../layout.ts';
import type {OverlayKeys} from './overlay-keys.ts';

/** A row in full: it scrolls, and is copied. */
export function createDetailsKeys(
  {store}: Context,
  copy: (text: string, what: string) => void,
): OverlayKeys<'details'> {
  return {
    press(overlay, key) {
      const {width, height} = detailsBox(store.get().size);
      const top = scrolled(overlay.top, key, textRows(overlay.text, width).length, height);
      if (top !== undefined) store.set({overlay: {...overlay, top}});
      else if (key === 'y') copy(overlay.json, 'all of it as JSON');
      else if (key === 'c') copy(overlay.as.text, overlay.as.what);
      else if (key === 'enter' || key === 'q') store.set({overlay: undefined});
    },
    paste: undefined,
  };
}
