import type {Replay} from '../../operate/replay/open-replay.ts';
import type {Glyphs} from '../../text/ascii.ts';
import type {Backend} from '../backend/backend.ts';
import type {Copy} from '../clipboard.ts';
import type {Binding} from '../keys/binding.ts';
import {bindings, inAsciiKeys} from '../keys/bindings.ts';
import type {Save} from '../save-file.ts';
import type {ThemeName} from '../theme.ts';
import {type Actions, joinActions} from './actions.ts';
import {createAnywhereOrders} from './anywhere-orders.ts';
import type {AppState} from './app-state.ts';
import type {Context} from './context.ts';
import {news} from './context.ts';
import {createEnvironmentKeys} from './dashboard/environment-keys.ts';
import {createEnvironmentOrders} from './dashboard/environment-orders.ts';
import {createReplayOrders, replayBeginning} from './dashboard/replay-orders.ts';
import {createKeyboard} from './keyboard.ts';
import {createLeaving} from './leaving.ts';
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
  /** What the terminal can show: names of keys are written in it. */
  glyphs?: Glyphs;
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

function ownBindings({bindings: own, glyphs = 'unicode'}: AppOptions) {
  if (glyphs !== 'unicode') return {ownBindings: inAsciiKeys(own ?? bindings)};
  return own && {ownBindings: own};
}

/** The app without a terminal: keys in, state out. */
export function createApp(options: AppOptions): App {
  const {backend, clock} = options;
  const store = createStore<AppState>(
    {
      now: clock(),
      size: options.size,
      readOnly: options.readOnly,
      ...ownBindings(options),
      stackName: options.stack,
      theme: options.theme,
      screen: 'menu',
      menu: {targets: firstTargets, selected: 0, checking: true, added: []},
      ...(options.replay && replayBeginning(options.replay)),
    },
    clock,
  );
  const leaving = createLeaving(store, clock);
  const {leave} = leaving;
  const context: Context = {store, backend, clock, copy: options.copy, save: options.save, leaving: leaving.begun};
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
  const anywhere = createAnywhereOrders(context, {leave, stop: progress.stop, suspend: options.suspend});
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
    anywhere.actions,
  );

  const keyboard = createKeyboard(context, leaving, {actions, overlays, filter});
  leaving.first(progress.stop);
  leaving.first(requests.stop);
  if (replay) leaving.first(replay.close);

  return {
    store,
    start: async () => (replay ? replay.start() : loadTargets(context)),
    press: keyboard.press,
    paste: keyboard.paste,
    notify: text => news(context, text, 'soon'),
    resize(size) {
      store.set({size});
      store.flush();
    },
    leave,
    exited: leaving.exited,
    stays: () => whatStays(store.get()),
  };
}
