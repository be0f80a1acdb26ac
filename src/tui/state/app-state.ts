import type {ApiMessage, StepId, StepMessage} from '../../lifecycle/message.ts';
import type {ShutdownWay} from '../../lifecycle/session-message.ts';
import type {LocalProcess} from '../../operate/local-process.ts';
import type {LastSession} from '../../operate/recording/last-session.ts';
import type {RecordedPlace} from '../../operate/recording/recorder.ts';
import type {Session, SessionState} from '../../operate/session/session-state.ts';
import type {DeployResult} from '../../provision/deploy.ts';
import type {Inventory} from '../../provision/inventory.ts';
import type {StackStatus} from '../../provision/status.ts';
import type {Place, Stack} from '../backend/backend.ts';
import type {Binding} from '../keys/binding.ts';
import type {Mark} from '../presentation/log-row.ts';
import type {ThemeName} from '../theme.ts';
import type {View} from '../ui/viewport.ts';
import type {EnvironmentOrder} from './lists/environment-list.ts';
import type {LogSource} from './lists/log-items.ts';
import type {ProblemView} from './problem-view.ts';
import type {Firing} from './requests/firing.ts';
import type {Plan, PlanErrors, PlanField} from './requests/plan.ts';

/** What was found out about a target; nothing is shown that has not been asked. */
export type Check =
  | {state: 'idle'}
  | {state: 'checking'}
  | {state: 'known'; status: StackStatus}
  | {state: 'unreachable'; problem: ProblemView};

export type TargetRow = {
  key: string;
  place: Place;
  check: Check;
  stack?: Stack;
  /** Environments seen lately and not gone; only where it is deployed. */
  warm?: number;
  /** Deployed or looked at in this run. */
  opened?: true;
};

type MenuState = {
  targets: readonly TargetRow[];
  selected: number;
  /** True until the list and all checks are in. */
  checking: boolean;
  checkedInMs?: number;
  /** Regions that were asked for in this run. */
  added: readonly Place[];
  /** Why the targets could not be listed. */
  problem?: ProblemView;
  lastSession?: LastSession;
};

/** A step with the time it took, as far as known. Epoch ms. */
export type StepRow = StepMessage & {startedAt?: number; endedAt?: number};

export type ProgressState = {
  /** The target's row in the menu. */
  key: string;
  kind: 'deploy' | 'teardown';
  label: string;
  region: string;
  startedAt: number;
  endedAt?: number;
  phase: 'starting' | 'running' | 'stopping' | 'done' | 'failed' | 'stopped';
  steps: readonly StepRow[];
  api: readonly ApiMessage[];
  /** What is going on before the first step: `starting the embedded AWS`. */
  note?: string;
  problem?: ProblemView;
  view: View;
  /** How often a call for this step was tried again. */
  retries: Readonly<Partial<Record<StepId, number>>>;
  /** How a deployment went, once it has ended. */
  result?: Pick<DeployResult, 'ms' | 'criticalPathMs' | 'timeline'>;
  /** Where the events were written before the table went. */
  kept?: {file: string; items: number};
};

export const paneIds = ['environments', 'requests', 'events', 'logs'] as const;
export type PaneId = (typeof paneIds)[number];

export type DashboardState = {
  stack: Stack;
  apiUrl: string;
  session: Session;
  data: SessionState;
  focus: PaneId;
  /** Which of requests, events and logs the small layout shows. */
  tab: Exclude<PaneId, 'environments'>;
  zoomed: boolean;
  /** The embedded AWS that it is of has ended. */
  over?: true;
  views: Readonly<Record<PaneId, View>>;
  /** The pane whose filter is being typed. */
  filtering?: PaneId;
  /** While an earlier filter is recalled: which, counted back from the newest, and what was being typed. */
  recalled?: {back: number; draft: string};
  logSource: LogSource;
  /** Lines drawn into the logs, oldest first. */
  marks: readonly Mark[];
  burst: number;
  /** The rate or plan that goes on by itself. */
  firing: Firing | undefined;
  plan: Plan;
  /** AWS only: force SHUTDOWN has been agreed to. */
  shutdownAgreed: boolean;
  idleWindow?: {minMs: number; maxMs: number};
  /** How far back timelines look, ms; by itself without. */
  timelineMs?: number;
  environmentOrder: EnvironmentOrder;
};

/** A row in full. `top`: rows out of sight. `json` is what is copied, `as` what copying it as something else gives. */
export type DetailsOverlay = {
  kind: 'details';
  title: string;
  text: readonly string[];
  top: number;
  json: string;
  as: {text: string; what: string};
};

export type Overlay =
  | {kind: 'help'; search: string; selected: number}
  | {kind: 'ask'; what: 'deploy'; stack: Stack}
  | {kind: 'ask'; what: 'shutdown'; stack: Stack; way: ShutdownWay; account?: string}
  | {kind: 'shutdown'; way: ShutdownWay}
  | {kind: 'plan'; plan: Plan; field: PlanField; errors?: PlanErrors}
  /** One environment in full. */
  | {kind: 'environment'; id: string; view: View}
  | {
      kind: 'teardown';
      stack: Stack;
      /** What is there, once it has been counted; `problem` when it cannot be. */
      found?: Inventory;
      problem?: ProblemView;
      /** Environments that live, as far as anybody knows. */
      live?: number;
      /** Write the events to a file first. */
      keep: boolean;
      typed: string;
      /** Leave the app once all is gone. */
      thenLeave: boolean;
    }
  | {kind: 'region'; place: Extract<Place, {kind: 'aws'}>; typed: string; asking: boolean; problem?: string}
  /** `back`: how many commands ago what is typed was run; `problem`: why it was not run now. */
  | {kind: 'palette'; typed: string; selected: number; back: number; problem?: string}
  /** `json`: one call in full, by lines. */
  | {kind: 'api'; view: View; json?: readonly string[]}
  | {kind: 'quit'; stack: Stack; account: string; others: number}
  | DetailsOverlay;

/** What the screens know of the recording that is played. */
export type ReplayView = {
  speed: number;
  playing: boolean;
  ended: boolean;
  /** Lines that could not be read, in words. */
  unreadable?: string;
};

export type Toast = {text: string; tone: 'ok' | 'soon' | 'error'; until: number};

export type AppState = {
  /** Epoch ms of this commit. */
  now: number;
  size: {columns: number; rows: number};
  readOnly: boolean;
  /** The bindings with keys of the user's own, where some are set. */
  ownBindings?: readonly Binding[];
  stackName: string;
  theme: ThemeName;
  screen: 'menu' | 'progress' | 'dashboard' | 'stopping';
  menu: MenuState;
  progress?: ProgressState;
  dashboard?: DashboardState;
  /** How the last dashboard's panes were looked at: filters outlive a visit to the menu. */
  lastViews?: DashboardState['views'];
  overlay?: Overlay;
  /** What was run by name, oldest first. */
  commands?: readonly string[];
  toast?: Toast;
  local?: LocalProcess;
  /** Where this session is recorded. */
  recordedIn?: RecordedPlace;
  /** Only while a recording is played. */
  replay?: ReplayView;
  /** Epoch ms at which leaving began, and the environments that were known to live then. */
  stoppingSince?: number;
  liveAtEnd?: number;
};
