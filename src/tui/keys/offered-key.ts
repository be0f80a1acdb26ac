import type {AppState} from '../state/app-state.ts';
import {bindingsOf} from './bindings.ts';

/** The key that does something now, as the screen writes it, by the id of its binding; undefined where none does. */
export type OfferedKey = (id: string) => string | undefined;

export const offeredKey =
  (state: AppState): OfferedKey =>
  id => {
    const binding = bindingsOf(state).find(one => one.id === id);
    const works = binding && binding.keys.length > 0 && binding.when(state) && binding.off?.(state) === undefined;
    return works ? binding.shown : undefined;
  };
