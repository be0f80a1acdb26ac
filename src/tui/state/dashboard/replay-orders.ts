import type {Replay} from '../../../operate/replay/open-replay.ts';
import type {Stack} from '../../backend/backend.ts';
import {followingView} from '../../ui/viewport.ts';
import type {Actions} from '../actions.ts';
import type {AppState, ProgressState} from '../app-state.ts';
import type {Context} from '../context.ts';
import {toast} from '../context.ts';
import {problemView} from '../problem-view.ts';
import {isProgress, reduceProgress} from '../progress/progress-steps.ts';
import {openDashboard} from './dashboard-open.ts';

/** Of a session whose recording does not say it. */
const noUrl = 'http://unknown.invalid/';

export type ReplayOrders = {
  /** Plays the recording on the screens that were recorded. */
  start(): void;
  actions: Actions;
  close(): void;
};

/** The screens of a recorded session: no target is called, all that comes is in the recording. */
export function createReplayOrders(context: Context, replay: Replay): ReplayOrders {
  const {store, clock} = context;

  const show = () => {
    const {speed, playing, ended} = replay.state();
    const unreadable = unreadableWords(replay);
    const view = {speed, playing, ended, ...(unreadable !== undefined && {unreadable})};
    if (unreadable !== undefined && store.get().replay?.unreadable !== unreadable) toast(context, unreadable, 'soon');
    store.set({replay: view});
  };
  const update = (patch: Partial<ProgressState>) => {
    const {progress} = store.get();
    if (progress) store.set({progress: {...progress, ...patch}});
  };

  return {
    start() {
      void replay
        .play({
          onBegin({part, apiUrl, idleWindow}, session) {
            if (part === 'session' && session) {
              const stack = {...recordedStack(replay), openSession: async () => session};
              void openDashboard(context, stack, apiUrl ?? noUrl, idleWindow);
            } else if (part !== 'session') {
              const progress = firstProgress(replay, part, clock());
              store.set({
                screen: 'progress',
                progress: {...progress, phase: 'running'},
                dashboard: undefined,
                overlay: undefined,
              });
            }
          },
          onProgress(message) {
            const {progress} = store.get();
            if (progress && isProgress(message)) store.set({progress: reduceProgress(progress, message)});
          },
          onEnd({part, ok, ms}) {
            if (part === 'session') return;
            update({phase: ok ? 'done' : 'failed', endedAt: clock()});
            if (ok && part === 'deploy' && ms !== undefined)
              toast(context, `Deployed in ${(ms / 1_000).toFixed(1)} s.`);
          },
          onChange: show,
        })
        .catch(error => toast(context, problemView(error).title, 'error'));
    },
    actions: {
      togglePlay: replay.toggle,
      stepReplay: replay.step,
      faster: replay.faster,
      slower: replay.slower,
      speed: (argument = '1') => replay.setSpeed(Number(argument)),
    },
    close: replay.close,
  };
}

/** How an app begins that plays a recording. */
export function replayBeginning(replay: Replay): Pick<AppState, 'screen' | 'stackName' | 'progress' | 'replay'> {
  const {speed, playing, ended} = replay.state();
  return {
    screen: 'progress',
    stackName: replay.start.stack,
    progress: firstProgress(replay, 'deploy', replay.now()),
    replay: {speed, playing, ended},
  };
}

function firstProgress({start}: Replay, kind: ProgressState['kind'], startedAt: number): ProgressState {
  const {label, region} = start;
  const note = 'reading the recording';
  return {
    ...{kind, key: 'replay', label, region, startedAt, phase: 'starting', steps: [], api: [], retries: {}, note},
    view: followingView,
  };
}

function unreadableWords(replay: Replay): string | undefined {
  const {count, first} = replay.unreadable();
  if (first === undefined) return undefined;
  const lines = count === 1 ? '1 line' : `${count} lines`;
  return `${lines} could not be read: line ${first.line} ${first.problem}`;
}

const off = async (): Promise<never> => {
  throw new Error('Off: this is a replay.');
};

function recordedStack({start}: Replay): Stack {
  const {label, region, stack, functionName} = start;
  return {
    label,
    region,
    stack,
    functionName,
    status: off,
    deploy: off,
    teardown: off,
    openSession: off,
    inventory: off,
    countWarm: off,
    saveEvents: off,
    close: () => {},
  };
}
