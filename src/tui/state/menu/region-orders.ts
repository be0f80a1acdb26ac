import {addText, editText} from '../../ui/edit-text.ts';
import type {Overlay} from '../app-state.ts';
import type {Context} from '../context.ts';
import {problemView} from '../problem-view.ts';
import {addTarget} from './menu-orders.ts';

type RegionOverlay = Extract<Overlay, {kind: 'region'}>;

/** Another region of the profile under the cursor: typed, checked as every region is, and in the menu for this run. */
export function createRegionOrders(context: Context) {
  const {store} = context;

  const change = (patch: Partial<RegionOverlay>) => {
    const {overlay} = store.get();
    if (overlay?.kind !== 'region') return;
    const {problem: _, ...rest} = overlay;
    store.set({overlay: {...rest, ...patch}});
  };

  async function add({place, typed}: RegionOverlay) {
    change({asking: true});
    const asked = {...place, region: typed.trim()};
    try {
      const stack = await context.backend.connect(asked);
      if (context.leaving()) return;
      const {overlay} = store.get();
      // Escape, while it was being checked.
      if (overlay?.kind !== 'region') return stack.close();
      store.set({overlay: undefined});
      addTarget(context, asked, stack);
    } catch (error) {
      const {title, solution} = problemView(error);
      if (!context.leaving()) change({asking: false, problem: [title, solution].filter(Boolean).join('. ')});
    }
  }

  const ask = (typed: string) => {
    const {menu} = store.get();
    const place = menu.targets[menu.selected]?.place;
    if (place?.kind !== 'aws') return;
    store.set({overlay: {kind: 'region', place, typed, asking: false}});
    const {overlay} = store.get();
    if (typed !== '' && overlay?.kind === 'region') void add(overlay);
  };

  return {
    press(overlay: RegionOverlay, key: string) {
      if (overlay.asking) return;
      if (key !== 'enter') change({typed: editText(overlay.typed, key)});
      else if (overlay.typed.trim() !== '') void add(overlay);
    },
    paste({typed, asking}: RegionOverlay, text: string) {
      if (!asking) change({typed: addText(typed, text)});
    },
    actions: {region: (argument = '') => ask(argument)},
  };
}
