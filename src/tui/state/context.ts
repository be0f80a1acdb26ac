import type {AppState, Toast} from './app-state.ts';
import type {Backend} from './backend.ts';
import type {Store} from './store.ts';

/** What the orders of all screens share. */
export type Context = {
  store: Store<AppState>;
  backend: Backend;
  clock(): number;
  /** Puts text on the user's clipboard. */
  copy(text: string): void;
  /** True once the app is leaving: late results are dropped. */
  leaving(): boolean;
};

/** The keys are hidden meanwhile: good news is short, what went wrong stays to be read. */
const toastMs = {ok: 3_000, soon: 6_000, error: 8_000};

export function toast({store, clock}: Context, text: string, tone: Toast['tone'] = 'ok'): void {
  store.set({toast: {text, tone, until: clock() + toastMs[tone]}});
}
