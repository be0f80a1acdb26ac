import type {Message} from '../../../lifecycle/message.ts';
import type {TeardownResult} from '../../../provision/teardown.ts';
import type {Stack} from '../../backend/backend.ts';
import {count, took} from '../../presentation/clock.ts';
import {safeLine} from '../../presentation/safe-line.ts';
import {followingView} from '../../ui/viewport.ts';
import type {ProgressState, TargetRow} from '../app-state.ts';
import type {Context} from '../context.ts';
import {news, toast} from '../context.ts';
import {closeDashboard, openDashboard} from '../dashboard/dashboard-open.ts';
import {updateDashboard} from '../dashboard/shown-dashboard.ts';
import {checkTarget, forgetLocal, setTarget} from '../menu/menu-orders.ts';
import {problemView} from '../problem-view.ts';
import {reduceProgress} from './progress-steps.ts';

/** `keep`: the file that the events are written to first; `thenLeave`: quit once all is gone. */
type TeardownOptions = {keep?: string; thenLeave: boolean};

export type ProgressOrders = {
  /** Starts Local if needed, deploys, and opens the dashboard. */
  deployAndOpen(row: TargetRow): Promise<void>;
  teardown(stack: Stack, options: TeardownOptions): Promise<void>;
  /** Stops what runs after its calls in flight. Returns false when it has been stopped before. */
  stop(): boolean;
};

/** What runs on the progress screen, one thing at a time. `leave` quits the app. */
export function createProgressOrders(context: Context, leave: (code: number) => void): ProgressOrders {
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
  const begin = (kind: ProgressState['kind'], key: string, label: string, region: string) => {
    abort = new AbortController();
    const progress: ProgressState = {
      kind,
      key,
      label,
      region,
      startedAt: clock(),
      phase: 'starting',
      steps: [],
      retries: {},
      api: [],
      view: followingView,
    };
    // What was said before is over with what begins now.
    store.set({screen: 'progress', overlay: undefined, toast: undefined, progress});
    store.flush();
  };
  const failed = (error: unknown) => {
    // What a stopped run threw says only that it was stopped.
    if (abort.signal.aborted) update({phase: 'stopped', endedAt: clock()});
    else update({phase: 'failed', endedAt: clock(), problem: problemView(error)});
  };

  async function stackOf(row: TargetRow): Promise<Stack> {
    if (row.place.kind !== 'local') return row.stack ?? (await backend.connect(row.place));
    const {local} = store.get();
    if (local && row.stack) return row.stack;
    return backend.connect({kind: 'endpoint', url: (local ?? (await startLocal())).endpoint});
  }

  async function startLocal() {
    update({note: 'starting the embedded AWS on this machine'});
    const local = await backend.startLocal({onNotice: text => news(context, text, 'soon')});
    if (context.leaving()) {
      await local.stop();
      throw new Error('stopped');
    }
    store.set({local});
    void local.exited.then(() => {
      if (context.leaving() || store.get().local !== local) return;
      if (store.get().dashboard?.stack.endpoint === local.endpoint) updateDashboard(context, {over: true});
      forgetLocal(context);
      toast(context, 'The embedded AWS has ended with all that was on it. D starts another.', 'error');
    });
    return local;
  }

  /** Returns whether the events are in their file: without that nothing is deleted. */
  async function keepEvents(stack: Stack, file: string): Promise<boolean> {
    const onProgress = (items: number) => update({note: `writing the events to ${file}: ${count(items)}`});
    onProgress(0);
    try {
      const kept = await stack.saveEvents({file, signal: abort.signal, onProgress});
      update({kept});
      return !abort.signal.aborted;
    } catch (error) {
      const {title, details = title} = problemView(error);
      const phase = abort.signal.aborted ? 'stopped' : 'failed';
      const problem = {
        title: 'The events could not be written, so nothing has been deleted',
        details,
        solution: 'Start the app in a folder that can be written to, or tear down without keeping them.',
      };
      update({phase, endedAt: clock(), problem});
      return false;
    }
  }

  const whatIsLeft = (left: TeardownResult['left']) => ({
    title: left.length === 1 ? 'One resource is left' : `${left.length} resources are left`,
    details: safeLine(left.map(({name, error}) => (error === undefined ? name : `${name}: ${error}`)).join(' · ')),
    solution: 'T runs it again; lifecycle-tui teardown prints the commands that remove them by hand.',
  });

  return {
    async deployAndOpen(row) {
      begin(
        'deploy',
        row.key,
        row.place.kind === 'local' ? 'Local' : (row.stack?.label ?? 'AWS'),
        row.stack?.region ?? '',
      );
      await closeDashboard(context);
      try {
        const stack = await stackOf(row);
        setTarget(context, row.key, {stack, opened: true});
        update({phase: abort.signal.aborted ? 'stopping' : 'running', label: stack.label, region: stack.region});
        const result = await stack.deploy({emit, signal: abort.signal});
        void checkTarget(context, row.key);
        const {ms, criticalPathMs, timeline} = result;
        const ended = {endedAt: clock(), result: {ms, criticalPathMs, timeline}};
        if (abort.signal.aborted) return update({phase: 'stopped', ...ended});
        if (!result.ok || result.apiUrl === undefined) return update({phase: 'failed', ...ended});
        update({phase: 'done', ...ended});
        await openDashboard(context, stack, result.apiUrl);
        news(
          context,
          `Deployed in ${took(ms)}, of which ${took(criticalPathMs)} on the critical path. @ shows the calls.`,
        );
      } catch (error) {
        failed(error);
        void checkTarget(context, row.key);
      }
    },
    async teardown(stack, {keep, thenLeave}) {
      const row = store.get().menu.targets.find(one => one.stack === stack);
      begin('teardown', row?.key ?? '', stack.label, stack.region);
      await closeDashboard(context);
      update({phase: 'running'});
      if (keep === undefined || (await keepEvents(stack, keep))) {
        try {
          const result = await stack.teardown({emit, signal: abort.signal});
          const phase = result.ok ? 'done' : abort.signal.aborted ? 'stopped' : 'failed';
          update({phase, endedAt: clock(), ...(phase === 'failed' && {problem: whatIsLeft(result.left)})});
          if (result.ok && thenLeave) return leave(0);
        } catch (error) {
          failed(error);
        }
      }
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
