import {logAndEventBindings} from '../../keys/logs-and-events.ts';
import {moveBindings} from '../../keys/move.ts';
import {type EnvironmentView, environmentDetails} from '../../panes/environment-details.ts';
import {safeLine} from '../../presentation/safe-line.ts';
import {moveView} from '../../ui/viewport.ts';
import type {DashboardState} from '../app-state.ts';
import type {Context} from '../context.ts';
import type {OverlayKeys} from '../overlays/overlay-keys.ts';

const bindings = [...moveBindings, ...logAndEventBindings];
const slideStep = 16;

/** Keys while one environment is shown in full: its history scrolls as lists do. */
export function createEnvironmentKeys(
  context: Context,
  copy: (text: string, what: string) => void,
): OverlayKeys<'environment'> {
  const {store} = context;
  return {
    press(overlay, key) {
      const {dashboard} = store.get();
      if (!dashboard || key === 'enter') store.set({overlay: undefined});
      else if (key === 'y') copy(safeLine(overlay.id), "the environment's id");
      else move(context, overlay, dashboard, key);
    },
    paste: undefined,
  };
}

function move({store}: Context, overlay: EnvironmentView, dashboard: DashboardState, key: string): void {
  const {size, now} = store.get();
  const inner = {width: size.columns - 2, height: size.rows - 2};
  const {list, rows, hidden} = environmentDetails(dashboard, overlay, now, inner);
  const {view} = overlay;
  const id = bindings.find(({keys}) => keys.includes(key))?.id ?? '';
  const by = steps(rows, list.items.length)[id];
  if (by !== undefined) store.set({overlay: {...overlay, view: moveView(list, view, by, rows)}});
  else if (id === 'slideLeft' || (id === 'slideRight' && hidden > 0)) {
    const left = Math.max(0, view.left + (id === 'slideLeft' ? -slideStep : slideStep));
    store.set({overlay: {...overlay, view: {...view, left}}});
  }
}

const steps = (rows: number, length: number): Readonly<Record<string, number>> => ({
  up: -1,
  down: 1,
  pageUp: -Math.max(1, Math.floor(rows / 2)),
  pageDown: Math.max(1, Math.floor(rows / 2)),
  top: -length,
  bottom: length,
});
