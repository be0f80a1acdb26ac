import {isLive} from '../../../lifecycle/environment.ts';
import {addText, editText} from '../../ui/edit-text.ts';
import type {Overlay, TargetRow} from '../app-state.ts';
import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {problemView} from '../problem-view.ts';
import type {ProgressOrders} from './progress-orders.ts';

type TeardownOverlay = Extract<Overlay, {kind: 'teardown'}>;

/** The question before a teardown: what is there is counted first, and nothing is deleted before it is answered. */
export function createTeardownOrders(context: Context, progress: ProgressOrders) {
  const {store} = context;
  let counting = new AbortController();

  const change = (patch: Partial<TeardownOverlay>) => {
    const {overlay} = store.get();
    if (overlay?.kind === 'teardown' && !context.leaving()) store.set({overlay: {...overlay, ...patch}});
  };

  async function count({stack}: TeardownOverlay, signal: AbortSignal) {
    try {
      const found = await stack.inventory(signal);
      if (!signal.aborted) change({found});
    } catch (error) {
      if (!signal.aborted) change({problem: problemView(error)});
    }
  }

  return {
    /** Asks whether all of it may go; `thenLeave`: and leaves the app afterwards. */
    ask(row: TargetRow | undefined, thenLeave = false) {
      if (!row?.stack) return toast(context, 'Nothing is deployed there.', 'soon');
      const {dashboard} = store.get();
      const seen = dashboard?.stack === row.stack ? dashboard.data.environments.list : undefined;
      const live = seen ? seen.filter(isLive).length : row.warm;
      const overlay: TeardownOverlay = {
        kind: 'teardown',
        stack: row.stack,
        keep: false,
        typed: '',
        thenLeave,
        ...(live !== undefined && {live}),
      };
      counting.abort();
      counting = new AbortController();
      store.set({overlay});
      void count(overlay, counting.signal);
    },
    press(overlay: TeardownOverlay, key: string) {
      if (key === 'space') change({keep: canKeep(overlay) && !overlay.keep});
      else if (key !== 'enter') change({typed: editText(overlay.typed, key)});
      else if (teardownAgreed(overlay)) {
        const {stack, keep, thenLeave} = overlay;
        store.set({overlay: undefined});
        void progress.teardown(stack, {...(keep && {keep: eventsFile(context.clock())}), thenLeave});
      }
    },
    paste: ({typed}: TeardownOverlay, text: string) => change({typed: addText(typed, text)}),
  };
}

/** Only events of a table that is ours go, so only they can be kept. */
export const canKeep = ({found}: TeardownOverlay): boolean => found?.ours.some(({id}) => id === 'table') ?? false;

/** On an endpoint Enter is enough; on AWS the region has to be typed. Never before it is known what would go. */
export const teardownAgreed = ({stack, typed, found}: TeardownOverlay): boolean =>
  found !== undefined && found.ours.length > 0 && (stack.endpoint !== undefined || typed.trim() === stack.region);

/** Where the events are kept: in the folder the app was started from. */
export const eventsFile = (now: number): string =>
  `./lifecycle-events-${new Date(now).toISOString().slice(0, 10).replaceAll('-', '')}.ndjson`;
