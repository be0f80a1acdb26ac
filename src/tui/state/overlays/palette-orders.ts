import {noSuggestion, type Suggestion, suggestions} from '../../keys/commands.ts';
import {addText, editText} from '../../ui/edit-text.ts';
import type {Actions} from '../actions.ts';
import type {AppState, Overlay} from '../app-state.ts';
import type {Context} from '../context.ts';

type PaletteOverlay = Extract<Overlay, {kind: 'palette'}>;

const keptCommands = 50;

/** What fits what has been typed, as if the palette did not lie over the screen. */
export const paletteList = (state: AppState, {typed}: PaletteOverlay): Suggestion[] => suggestions(state, typed);

/** Commands by their names: typed, found, completed and run. */
export function createPaletteOrders(context: Context, actions: () => Actions) {
  const {store} = context;

  const show = (overlay: Omit<PaletteOverlay, 'kind'>) => store.set({overlay: {kind: 'palette', ...overlay}});
  const type = (typed: string, back = 0) => show({typed, selected: 0, back});

  function run(text: string, {binding, argument, off}: Suggestion, overlay: PaletteOverlay) {
    const misfit = argument === undefined ? undefined : binding.argument?.misfit(argument);
    const problem = off ?? misfit;
    if (problem !== undefined) return show({...overlay, problem: `${text}: ${problem}`});
    const commands = [...(store.get().commands ?? []).filter(one => one !== text), text].slice(-keptCommands);
    store.set({overlay: undefined, commands});
    actions()[binding.id]?.(argument);
  }

  function enter(overlay: PaletteOverlay) {
    const chosen = paletteList(store.get(), overlay)[overlay.selected];
    if (chosen) run(chosen.text, chosen, overlay);
    else {
      const {words, meant} = noSuggestion(store.get(), overlay.typed);
      show({...overlay, problem: meant === undefined ? words : `${words}. Did you mean ${meant}?`});
    }
  }

  /** The name of the chosen one, ready for its argument; where nothing fits, the nearest name. */
  function complete(overlay: PaletteOverlay) {
    const chosen = paletteList(store.get(), overlay)[overlay.selected];
    const {binding, text, argument} = chosen ?? {};
    const {meant = overlay.typed} = chosen ? {} : noSuggestion(store.get(), overlay.typed);
    type(text === undefined ? meant : binding?.argument && argument === undefined ? `${text} ` : text);
  }

  /** Up at the first line goes back through what has been run. */
  function up(overlay: PaletteOverlay) {
    if (overlay.selected > 0) return show({...overlay, selected: overlay.selected - 1});
    const earlier = store.get().commands?.at(-1 - overlay.back);
    if (earlier !== undefined && (overlay.typed === '' || overlay.back > 0)) type(earlier, overlay.back + 1);
  }

  function down(overlay: PaletteOverlay) {
    if (overlay.back > 0) {
      const later = overlay.back > 1 ? store.get().commands?.at(1 - overlay.back) : '';
      return type(later ?? '', overlay.back - 1);
    }
    const last = paletteList(store.get(), overlay).length - 1;
    show({...overlay, selected: Math.max(0, Math.min(overlay.selected + 1, last))});
  }

  const keys: Readonly<Record<string, (overlay: PaletteOverlay) => void>> = {enter, tab: complete, up, down};

  return {
    press({problem: _, ...overlay}: PaletteOverlay, key: string) {
      const order = keys[key];
      if (order) order(overlay);
      else if (key === 'backspace' && overlay.typed === '') store.set({overlay: undefined});
      else type(editText(overlay.typed, key));
    },
    paste: ({typed}: PaletteOverlay, text: string) => type(addText(typed, text)),
    actions: {palette: () => type('')},
  };
}
