import type {Message} from '../../lifecycle/message.ts';
import {followingView} from '../ui/viewport.ts';
import type {ProgressState, TargetRow} from './app-state.ts';
import type {Stack} from './backend.ts';
import type {Context} from './context.ts';
import {toast} from './context.ts';
import {closeDashboard, openDashboard} from './dashboard-open.ts';
import {checkTarget, forgetLocal, setTarget} from './menu-orders.ts';
import {problemView} from './problem-view.ts';
import {reduceProgress} from './progress-steps.ts';

export type ProgressOrders = {
  /** Starts Local if needed, deploys, and opens the dashboard. */
  deployAndOpen(row: TargetRow): Promise<void>;
  teardown(stack: Stack): Promise<void>;
  /** Stops a running deployment after its calls in flight. Returns false when it has been stopped before. */
  stop(): boolean;
};

/** What runs on the progress screen, one thing at a time. */
export function createProgressOrders(context: Context): ProgressOrders {
  const {store, backend, clock} = context;
  let abort = new AbortController();

  const update = (patch: Partial<ProgressState>) => {
    const {progress} = store.get();
    if (progress && !context.leaving()) store.set({progress: {...progress, ...patch}});
  };
  const emit = (message: Message) => {
    const {progress} = store.get();
    if (progress && !context.leaving()) store.set({progress: reduceProgress(progress, message)});
  };
  const begin = (kind: ProgressState['kind'], label: string, region: string) => {
    abort = new AbortController();
    const phase = 'starting';
    const view = followingView;
    const progress = {kind, label, region, startedAt: clock(), phase, steps: [], api: [], view} as const;
    store.set({screen: 'progress', overlay: undefined, progress});
    store.flush();
  };
  const failed = (error: unknown) => {
    const phase = abort.signal.aborted ? 'stopped' : 'failed';
    update({phase, endedAt: clock(), problem: problemView(error)});
  };

  async function stackOf(row: TargetRow): Promise<Stack> {
    if (row.place.kind !== 'local') return row.stack ?? (await backend.connect(row.place));
    const {local} = store.get();
    if (local && row.stack) return row.stack;
    return backend.connect({kind: 'endpoint', url: (local ?? (await startLocal())).endpoint});
  }

  async function startLocal() {
    update({note: 'starting the embedded AWS on this machine'});
    const local = await backend.startLocal({onNotice: text => toast(context, text, 'soon')});
    if (context.leaving()) {
      await local.stop();
      throw new Error('stopped');
    }
    store.set({local});
    void local.exited.then(() => {
      if (context.leaving() || store.get().local !== local) return;
      forgetLocal(context);
      toast(context, 'The embedded AWS has ended. Press q, or enter on Local to start it again.', 'error');
    });
    return local;
  }

  return {
    async deployAndOpen(row) {
      begin('deploy', row.place.kind === 'local' ? 'Local' : (row.stack?.label ?? 'AWS'), row.stack?.region ?? '');
      await closeDashboard(context);
      try {
        const stack = await stackOf(row);
        setTarget(context, row.key, {stack});
        update({phase: abort.signal.aborted ? 'stopping' : 'running', label: stack.label, region: stack.region});
        const result = await stack.deploy({emit, signal: abort.signal});
        void checkTarget(context, row.key);
        if (abort.signal.aborted) return update({phase: 'stopped', endedAt: clock()});
        if (!result.ok || result.apiUrl === undefined) return update({phase: 'failed', endedAt: clock()});
        update({phase: 'done', endedAt: clock()});
        await openDashboard(context, stack, result.apiUrl);
        toast(context, `Deployed in ${(result.ms / 1_000).toFixed(1)} s.`);
      } catch (error) {
        failed(error);
      }
    },
    async teardown(stack) {
      begin('teardown', stack.label, stack.region);
      await closeDashboard(context);
      update({phase: 'running'});
      try {
        const result = await stack.teardown({emit, signal: abort.signal});
        const phase = result.ok ? 'done' : abort.signal.aborted ? 'stopped' : 'failed';
        update({phase, endedAt: clock()});
      } catch (error) {
        failed(error);
      }
      const row = store.get().menu.targets.find(one => one.stack === stack);
      if (row) void checkTarget(context, row.key);
    },
    stop() {
      if (abort.signal.aborted) return false;
      abort.abort();
      update({phase: 'stopping'});
      return true;
    },
  };
}
