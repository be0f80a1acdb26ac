import {bindingFor} from '../keys/bindings.ts';
import {safeLine} from '../presentation/safe-line.ts';
import type {ThemeName} from '../theme.ts';
import {themeNames} from '../theme.ts';
import {editText} from '../ui/edit-text.ts';
import {moveView} from '../ui/viewport.ts';
import type {AppState} from './app-state.ts';
import {paneIds} from './app-state.ts';
import type {Backend} from './backend.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import {currentRow} from './current-row.ts';
import {closeDashboard, openDashboard} from './dashboard-open.ts';
import {createDashboardOrders} from './dashboard-orders.ts';
import {checkTarget, firstTargets, loadTargets, moveSelection} from './menu-orders.ts';
import {pressOverlay} from './overlay-keys.ts';
import {problemView} from './problem-view.ts';
import {createProgressOrders} from './progress-orders.ts';
import type {Store} from './store.ts';
import {createStore} from './store.ts';

export type AppOptions = {
  backend: Backend;
  stack: string;
  readOnly: boolean;
  theme: ThemeName;
  size: {columns: number; rows: number};
  /** Epoch ms. */
  clock(): number;
  copy(text: string): void;
  suspend(): void;
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
  /** Ends what runs, Local with its environments included, then settles `exited` with `code`. A second call does not wait. */
  leave(code: number): void;
  exited: Promise<number>;
};

const interrupted = 130;

/** The app without a terminal: keys in, state out. */
export function createApp(options: AppOptions): App {
  const {backend, clock} = options;
  const store = createStore<AppState>(
    {
      now: clock(),
      size: options.size,
      readOnly: options.readOnly,
      stackName: options.stack,
      theme: options.theme,
      screen: 'menu',
      menu: {targets: firstTargets, selected: 0, checking: true},
    },
    clock,
  );
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>(resolve => {
    exit = resolve;
  });
  let leaving = false;
  const context: Context = {store, backend, clock, copy: options.copy, leaving: () => leaving};
  const progress = createProgressOrders(context);
  const dashboard = createDashboardOrders(context);

  function leave(code: number) {
    if (leaving) return exit(code);
    leaving = true;
    progress.stop();
    dashboard.stopRate();
    store.set({screen: 'stopping', overlay: undefined, toast: undefined});
    store.flush();
    const {local} = store.get();
    void closeDashboard(context)
      .then(() => local?.stop())
      .catch(() => undefined)
      .then(() => exit(code));
  }

  const selected = () => {
    const {menu} = store.get();
    return menu.targets[menu.selected];
  };

  /** The target under the cursor, or the one the dashboard is of. */
  const target = () => {
    const {screen, menu, dashboard: open} = store.get();
    return screen === 'dashboard' ? menu.targets.find(({stack}) => stack === open?.stack) : selected();
  };

  function deploy() {
    const row = target();
    if (!row) return;
    if (row.place.kind === 'aws') {
      if (!row.stack || row.check.state === 'unreachable') return refuse(row.check);
      store.set({overlay: {kind: 'ask', what: 'deploy', stack: row.stack}});
    } else void progress.deployAndOpen(row);
  }

  const refuse = (check: {state: string}) =>
    toast(
      context,
      check.state === 'unreachable' ? 'This target cannot be reached.' : 'Still looking what is there.',
      'soon',
    );

  function open() {
    const row = selected();
    if (!row) return;
    const {check, stack} = row;
    if (check.state === 'known' && check.status.state === 'deployed' && check.status.apiUrl !== undefined && stack) {
      void openDashboard(context, stack, check.status.apiUrl).catch(error => {
        if (!leaving) toast(context, problemView(error).title, 'error');
      });
    } else if (options.readOnly) toast(context, 'off: started with --read-only', 'soon');
    else deploy();
  }

  async function teardown() {
    const row = target();
    if (!row?.stack) return toast(context, 'Nothing is deployed there.', 'soon');
    if (row.check.state !== 'known') await checkTarget(context, row.key);
    const check = store.get().menu.targets.find(({key}) => key === row.key)?.check;
    if (leaving || check?.state !== 'known') return;
    const data = store.get().dashboard?.data;
    const live = data?.environments.list.filter(({state}) => state !== 'gone').length;
    const seen = data && {live: live ?? 0, events: data.events.length, logs: data.logs.length};
    store.set({overlay: {kind: 'teardown', stack: row.stack, status: check.status, typed: '', ...seen}});
    store.flush();
  }

  function shutdown() {
    const open = store.get().dashboard;
    if (!open) return;
    if (open.stack.endpoint === undefined && !open.shutdownAgreed) {
      store.set({overlay: {kind: 'ask', what: 'shutdown', stack: open.stack}});
    } else void dashboard.forceShutdown();
  }

  async function toMenu() {
    dashboard.stopRate();
    store.set({screen: 'menu', progress: undefined});
    const row = store.get().menu.targets.find(({stack}) => stack === store.get().dashboard?.stack);
    await closeDashboard(context);
    if (row) void checkTarget(context, row.key);
  }

  function move(by: Parameters<typeof dashboard.move>[0]) {
    const {screen, progress: shown} = store.get();
    if (screen === 'menu' && typeof by === 'number') moveSelection(context, by);
    else if (screen === 'dashboard') dashboard.move(by);
    else if (shown) {
      const rows = 8;
      const step = typeof by === 'number' ? by : {page: rows, '-page': -rows, top: -1e6, bottom: 1e6}[by];
      const list = {items: shown.api, keyOf: (call: {at: string}) => call.at, newestAt: 'bottom'} as const;
      store.set({progress: {...shown, view: moveView(list, shown.view, step, rows)}});
    }
  }

  function back() {
    const {dashboard: open} = store.get();
    if (open && open.views[open.focus].filter !== '') {
      dashboard.startFilter();
      dashboard.setFilter('');
      dashboard.endFilter();
    } else if (open?.zoomed) dashboard.zoom();
    else void toMenu();
  }

  function follow() {
    const {progress: shown} = store.get();
    if (store.get().screen === 'progress' && shown) {
      store.set({progress: {...shown, view: {...shown.view, follow: true}}});
    } else dashboard.follow();
  }

  function nextTheme() {
    const theme = themeNames[(themeNames.indexOf(store.get().theme) + 1) % themeNames.length]!;
    store.set({theme});
    toast(context, `Theme: ${theme}`);
  }

  function copy(text: string | undefined, what: string) {
    if (text === undefined) return;
    options.copy(text);
    toast(context, `Copied ${what}.`);
  }

  const actions: Record<string, () => void> = {
    open,
    rescan: () => void loadTargets(context),
    fire: dashboard.fire,
    burst: dashboard.burst,
    more: () => dashboard.resizeBurst(1),
    fewer: () => dashboard.resizeBurst(-1),
    rate: dashboard.nextRate,
    shutdown,
    details() {
      const row = currentRow(store.get());
      if (row) store.set({overlay: {kind: 'details', ...row}});
    },
    filter: dashboard.startFilter,
    follow,
    copy: () => copy(currentRow(store.get())?.copy, 'the line'),
    copyUrl: () => copy(store.get().dashboard?.apiUrl, 'the URL'),
    next: () => dashboard.cycle(1),
    previous: () => dashboard.cycle(-1),
    ...Object.fromEntries(paneIds.map((pane, index) => [`pane${index + 1}`, () => dashboard.focus(pane)])),
    up: () => move(-1),
    down: () => move(1),
    pageUp: () => move('-page'),
    pageDown: () => move('page'),
    top: () => move('top'),
    bottom: () => move('bottom'),
    zoom: dashboard.zoom,
    deploy,
    teardown: () => void teardown(),
    stop() {
      if (!progress.stop()) leave(interrupted);
    },
    continue: () => void toMenu(),
    theme: nextTheme,
    help: () => store.set({overlay: {kind: 'help', search: ''}}),
    back,
    suspend: options.suspend,
    interrupt: () => leave(interrupted),
    quit: () => leave(0),
  };

  function run(key: string) {
    const state = store.get();
    const binding = bindingFor(state, key);
    if (!binding) return;
    const reason = binding.off?.(state);
    if (reason === undefined) actions[binding.id]?.();
    else toast(context, `${binding.shown} is ${reason.replace(/^off: /, 'off: ')}`, 'soon');
  }

  function filterKey(key: string) {
    const {dashboard: open} = store.get();
    const filter = open?.filtering && open.views[open.filtering].filter;
    if (key === 'enter') dashboard.endFilter();
    else if (key === 'esc') {
      dashboard.setFilter('');
      dashboard.endFilter();
    } else dashboard.setFilter(editText(filter ?? '', key));
  }

  return {
    store,
    start: () => loadTargets(context),
    press(key) {
      const state = store.get();
      if (leaving) {
        if (key === 'ctrl+c') exit(interrupted);
        return;
      }
      if (key === 'ctrl+c') run(key);
      else if (state.overlay) {
        pressOverlay(context, state.overlay, key, {
          deploy() {
            const row = target();
            if (row) void progress.deployAndOpen(row);
          },
          shutdown() {
            dashboard.agreeToShutdown();
            void dashboard.forceShutdown();
          },
          teardown: stack => void progress.teardown(stack),
        });
      } else if (state.dashboard?.filtering) filterKey(key);
      else run(key);
      store.flush();
    },
    paste(text) {
      const {overlay, dashboard: shown} = store.get();
      const typing = overlay?.kind === 'teardown' || overlay?.kind === 'help' || shown?.filtering !== undefined;
      if (typing) for (const character of safeLine(text)) this.press(character === ' ' ? 'space' : character);
      else {
        toast(context, 'Pasted text is not taken as keys.', 'soon');
        store.flush();
      }
    },
    resize(size) {
      store.set({size});
      store.flush();
    },
    leave,
    exited,
  };
}
