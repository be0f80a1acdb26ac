import {helpBindings} from '../../keys/help-grid.ts';
import {addText, editText} from '../../ui/edit-text.ts';
import type {Context} from '../context.ts';
import type {OverlayKeys} from './overlay-keys.ts';

const moves: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  'shift+tab': -1,
  tab: 1,
  pageup: -8,
  pagedown: 8,
  home: -1_000,
  end: 1_000,
};

/** Letters search, arrows choose; what is chosen is told in full. */
export function createHelpKeys({store}: Context): OverlayKeys<'help'> {
  return {
    press(overlay, key) {
      const move = moves[key];
      if (key === 'enter' || (key === '?' && overlay.search === '')) store.set({overlay: undefined});
      else if (move !== undefined) {
        const last = helpBindings(store.get(), overlay.search).length - 1;
        const selected = Math.max(0, Math.min(overlay.selected + move, last));
        store.set({overlay: {...overlay, selected}});
      } else store.set({overlay: {...overlay, search: editText(overlay.search, key), selected: 0}});
    },
    paste: (overlay, text) => store.set({overlay: {...overlay, search: addText(overlay.search, text), selected: 0}}),
  };
}
