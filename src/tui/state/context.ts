import type {Backend} from '../backend/backend.ts';
import type {Copy} from '../clipboard.ts';
import type {Save} from '../save-file.ts';
import type {AppState, Toast} from './app-state.ts';
import type {Store} from './store.ts';

/** What the orders of all screens share. */
export type Context = {
  store: Store<AppState>;
  backend: Backend;
  clock(): number;
  /** Puts text on the user's clipboard. */
  copy: Copy;
  /** Writes a file into the current folder. */
  save: Save;
  /** True once the app is leaving: late results are dropped. */
  leaving(): boolean;
};

/** The keys are hidden meanwhile: good news is short, what went wrong stays to be read. */
const toastMs = {ok: 3_000, soon: 6_000, error: 8_000};

const weight = {ok: 0, soon: 1, error: 2};

/** What comes by itself: it does not take the place of something graver that is still to be read. */
export function news(context: Context, text: string, tone: Toast['tone'] = 'ok'): void {
  const {toast: shown, now} = context.store.get();
  if (!shown || shown.until <= Math.max(now, context.clock()) || weight[shown.tone] <= weight[tone]) {
    toast(context, text, tone);
  }
}

export function toast({store, clock}: Context, text: string, tone: Toast['tone'] = 'ok'): void {
  const {replay} = store.get();
  const shown = {text, tone, until: replay ? Number.POSITIVE_INFINITY : clock() + toastMs[tone]};
  store.set({toast: shown});
  // A recording's clock runs at any pace, or stands still; whoever reads does not.
  if (replay) setTimeout(() => store.get().toast === shown && store.set({toast: undefined}), toastMs[tone]).unref();
}
