import {isLive} from '../../lifecycle/environment.ts';
import type {Replay} from '../../operate/replay/open-replay.ts';
import type {Backend} from '../backend/backend.ts';
import type {Copy} from '../clipboard.ts';
import type {Binding} from '../keys/binding.ts';
import {bindingFor} from '../keys/bindings.ts';
import type {Save} from '../save-file.ts';
import type {ThemeName} from '../theme.ts';
import {themeNames} from '../theme.ts';
import {pastedLine} from '../ui/pasted-line.ts';
import {type Actions, interrupted, joinActions} from './actions.ts';
import type {AppState} from './app-state.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import {closeDashboard} from './dashboard/dashboard-open.ts';
import {createEnvironmentKeys} from './dashboard/environment-keys.ts';
import {createEnvironmentOrders} from './dashboard/environment-orders.ts';
import {createReplayOrders, replayBeginning} from './dashboard/replay-orders.ts';
import {createCopyOrders} from './lists/copy-orders.ts';
import {createFilterOrders} from './lists/filter-orders.ts';
import {createListOrders} from './lists/list-orders.ts';
import {createLogOrders} from './lists/log-orders.ts';
import {createSaveOrders} from './lists/save-orders.ts';
import {firstTargets, loadTargets} from './menu/menu-orders.ts';
import {createRegionOrders} from './menu/region-orders.ts';
import {createTargetOrders} from './menu/target-orders.ts';
import {createApiOrders} from './overlays/api-orders.ts';
import {createAskKeys} from './overlays/ask-keys.ts';
import {createDetailsKeys} from './overlays/details-keys.ts';
import {createHelpKeys} from './overlays/help-keys.ts';
import {createOverlayKeys} from './overlays/overlay-keys.ts';
import {createPaletteOrders} from './overlays/palette-orders.ts';
import {createQuitOrders, whatStays} from './overlays/quit-orders.ts';
import {createProgressOrders} from './progress/progress-orders.ts';
import {createTeardownOrders} from './progress/teardown-orders.ts';
import {createFireOrders} from './requests/fire-orders.ts';
import {createShutdownOrders} from './requests/shutdown-orders.ts';
import type {Store} from './store.ts';
import {createStore} from './store.ts';

export type AppOptions = {
  backend: Backend;
  stack: string;
  readOnly: boolean;
  /** Other keys than the usual ones. */
  bindings?: readonly Binding[];
  theme: ThemeName;
  size: {columns: number; rows: number};
  /** Epoch ms. */
  clock(): number;
  copy: Copy;
  save: Save;
  suspend(): void;
  /** A recording to play instead of looking for targets; `clock` is its own then. */
  replay?: Replay;
};

export type App = {
  store: Store<AppState>;
  /** Finds the targets; to be called after the first frame. */
  start(): Promise<void>;
  /** Handles one key, by its name. What it changes is on the screen at once. */
  press(key: string): void;
  /** Pasted text goes where text is typed, and nowhere else: it must not press keys. */
  paste(text: string): void;
  resize(size: {columns: number; rows: number}): void;
  /** Says something below. */
  notify(text: string): void;
  /** Ends what runs, Local with its environments included, then settles `exited` with `code`. A second call does not wait. */
  leave(code: number): void;
  exited: Promise<number>;
  /** What stays on AWS, for the normal screen after leaving. */
  stays(): string[];
};

function changeTheme(context: Context, wanted: string | undefined) {
  const named = themeNames.find(name => name === wanted);
  const theme = named ?? themeNames[(themeNames.indexOf(context.store.get().theme) + 1) % themeNames.length]!;
  context.store.set({theme});
  toast(context, `Theme: ${theme}`);
}

/** The app without a terminal: keys in, state out. */
export function createApp(options: AppOptions): App {
  const {backend, clock} = options;
  const store = createStore<AppState>(
    {
      now: clock(),
      size: options.size,
      readOnly: options.readOnly,
      ...(options.bindings && {ownBindings: options.bindings}),
      stackName: options.stack,
      theme: options.theme,
      screen: 'menu',
      menu: {targets: firstTargets, selected: 0, checking: true, added: []},
      ...(options.replay && replayBeginning(options.replay)),
    },
    clock,
  );
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>(resolve => {
    exit = resolve;
  });
  let leaving = false;
  const context: Context = {store, backend, clock, copy: options.copy, save: options.save, leaving: () => leaving};
  const progress = createProgressOrders(context, leave);
  const teardown = createTeardownOrders(context, progress);
  const regions = createRegionOrders(context);
  const quit = createQuitOrders(context, leave, row => teardown.ask(row, true));
  const requests = createFireOrders(context);
  const shutdown = createShutdownOrders(context);
  const filter = createFilterOrders(context);
  const targets = createTargetOrders(context, progress, teardown, requests.stop);
  const lists = createListOrders(context, () => void targets.toMenu());
  const copies = createCopyOrders(context);
  const logs = createLogOrders(context);
  const saving = createSaveOrders(context);
  const replay = options.replay && createReplayOrders(context, options.replay);
  const environments = createEnvironmentOrders(context);
  const calls = createApiOrders(context, copies.copy);
  const palette = createPaletteOrders(context, () => actions);
  const overlays = createOverlayKeys(context, {
    help: createHelpKeys(context),
    ask: createAskKeys(context, {
      deploy() {
        const row = targets.target();
        if (row) void progress.deployAndOpen(row);
      },
      shutdown: shutdown.agreed,
    }),
    details: createDetailsKeys(context, copies.copy),
    environment: createEnvironmentKeys(context, copies.copy),
    teardown,
    region: regions,
    quit,
    palette,
    api: calls,
    plan: requests,
    shutdown,
  });
  const own = {
    stop() {
      if (!progress.stop()) leave(interrupted);
    },
    theme: (argument?: string) => changeTheme(context, argument),
    help: () => store.set({overlay: {kind: 'help', search: '', selected: 0}, recordedIn: backend.recordedIn?.()}),
    suspend: options.suspend,
    interrupt: () => leave(interrupted),
  };
  const actions: Actions = joinActions(
    requests.actions,
    shutdown.actions,
    filter.actions,
    targets.actions,
    lists.actions,
    copies.actions,
    logs.actions,
    saving.actions,
    ...(replay ? [replay.actions] : []),
    environments.actions,
    regions.actions,
    quit.actions,
    calls.actions,
    palette.actions,
    own,
  );

  function leave(code: number) {
    if (leaving) return exit(code);
    leaving = true;
    progress.stop();
    requests.stop();
    replay?.close();
    const {local, dashboard} = store.get();
    const liveAtEnd = dashboard?.data.environments.list.filter(isLive).length;
    store.set({screen: 'stopping', stoppingSince: clock(), liveAtEnd, overlay: undefined, toast: undefined});
    store.flush();
    void closeDashboard(context)
      .then(() => local?.stop())
      .catch(() => undefined)
      .then(() => exit(code));
  }

  function stays() {
    const {menu, progress: last} = store.get();
    const kept = last?.kept ? [`${last.kept.items} events kept in ${last.kept.file}`] : [];
    return [...kept, ...whatStays(menu.targets)];
  }

  function run(key: string) {
    const state = store.get();
    const binding = bindingFor(state, key);
    if (!binding) return;
    const reason = binding.off?.(state);
    if (reason === undefined) actions[binding.id]?.();
    else toast(context, `${binding.shown}: ${reason}`, 'soon');
  }

  return {
    store,
    start: async () => (replay ? replay.start() : loadTargets(context)),
    press(key) {
      const state = store.get();
      if (leaving) {
        if (key === 'ctrl+c') exit(interrupted);
        return;
      }
      if (key === 'ctrl+c') run(key);
      else if (state.overlay) {
        overlays.press(state.overlay, key);
      } else if (state.dashboard?.filtering) filter.press(key);
      else run(key);
      store.flush();
    },
    paste(text) {
      const {overlay, dashboard} = store.get();
      const line = pastedLine(text);
      if (!overlay && dashboard?.filtering) filter.paste(line);
      else if (!overlay || !overlays.paste(overlay, line)) toast(context, 'Pasted text is not taken as keys.', 'soon');
      store.flush();
    },
    notify: text => toast(context, text, 'soon'),
    resize(size) {
      store.set({size});
      store.flush();
    },
    leave,
    exited,
    stays,
  };
}
