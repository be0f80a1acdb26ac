import {isLive} from '../../lifecycle/environment.ts';
import type {AppState} from './app-state.ts';
import {closeDashboard} from './dashboard/dashboard-open.ts';
import type {Store} from './store.ts';

export type Leaving = {
  /** Ends what runs, Local with its environments included, then settles `exited` with `code`. A second call does not wait. */
  leave(code: number): void;
  begun(): boolean;
  /** Stops something that may be running, as the first thing when the app is left. */
  first(stop: () => void): void;
  exited: Promise<number>;
};

export function createLeaving(store: Store<AppState>, clock: () => number): Leaving {
  const stops: (() => void)[] = [];
  let begun = false;
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>(resolve => {
    exit = resolve;
  });

  return {
    leave(code) {
      if (begun) return exit(code);
      begun = true;
      for (const stop of stops) stop();
      const {local, dashboard} = store.get();
      const liveAtEnd = dashboard?.data.environments.list.filter(isLive).length;
      store.set({screen: 'stopping', stoppingSince: clock(), liveAtEnd, overlay: undefined, toast: undefined});
      store.flush();
      void closeDashboard({store})
        .then(() => local?.stop())
        .catch(() => undefined)
        .then(() => exit(code));
    },
    begun: () => begun,
    first: stop => void stops.push(stop),
    exited,
  };
}
