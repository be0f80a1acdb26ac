import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {closeDashboard, openDashboard} from '../dashboard/dashboard-open.ts';
import {problemView} from '../problem-view.ts';
import type {ProgressOrders} from '../progress/progress-orders.ts';
import type {createTeardownOrders} from '../progress/teardown-orders.ts';
import {checkTarget, loadTargets, setTarget} from './menu-orders.ts';

/** What is done to a whole target: open, deploy, tear down, and go back to the menu. */
export function createTargetOrders(
  context: Context,
  progress: ProgressOrders,
  teardown: ReturnType<typeof createTeardownOrders>,
  stopRate: () => void,
) {
  const {store} = context;

  const selected = () => {
    const {menu} = store.get();
    return menu.targets[menu.selected];
  };

  /** The target under the cursor, or the one that the dashboard or the progress is of. */
  const target = () => {
    const {screen, menu, dashboard: open, progress: run} = store.get();
    // Of an embedded AWS that has ended nothing is known any more but that it was the one on this machine.
    if (screen === 'dashboard' && open?.over) return menu.targets.find(({place}) => place.kind === 'local');
    if (screen === 'dashboard') return menu.targets.find(({stack}) => stack === open?.stack);
    return screen === 'progress' ? menu.targets.find(({key}) => key === run?.key) : selected();
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
      setTarget(context, row.key, {opened: true});
      void openDashboard(context, stack, check.status.apiUrl).catch(error => {
        if (!context.leaving()) toast(context, problemView(error).title, 'error');
      });
    } else if (store.get().readOnly) toast(context, 'off: started with --read-only', 'soon');
    else deploy();
  }

  async function toMenu() {
    if (store.get().replay) return toast(context, 'This is a replay: q quits.', 'soon');
    stopRate();
    store.set({screen: 'menu', progress: undefined});
    const row = store.get().menu.targets.find(({stack}) => stack === store.get().dashboard?.stack);
    await closeDashboard(context);
    if (row) void checkTarget(context, row.key);
  }

  return {
    target,
    toMenu,
    actions: {
      open,
      rescan: () => void loadTargets(context),
      deploy,
      teardown: () => teardown.ask(target()),
      continue: () => void toMenu(),
    },
  };
}
