import type {AppState} from '../state/app-state.ts';

export const onMenu = (state: AppState) => state.screen === 'menu';
export const onDashboard = (state: AppState) => state.screen === 'dashboard';
export const onEnvironments = (state: AppState) => onDashboard(state) && state.dashboard?.focus === 'environments';
export const onOtherPanes = (state: AppState) => onDashboard(state) && !onEnvironments(state);
export const onProgress = (state: AppState) => state.screen === 'progress';
/** What runs can be stopped; a replay runs nothing. */
export const running = ({progress, replay}: AppState) => progress?.endedAt === undefined && !replay;
export const onLists = (state: AppState) => onDashboard(state) || onProgress(state);
const onEnded = (state: AppState) => onProgress(state) && !running(state);
export const onTarget = (state: AppState) => onMenu(state) || onDashboard(state) || onEnded(state);

/** Why nothing may be changed. */
export const readOnly = ({replay, readOnly: refused}: AppState) => {
  if (replay) return 'off: this is a replay';
  return refused ? 'off: started with --read-only' : undefined;
};

/** Only for the target under the cursor; the dashboard's own is known to be there. */
export const nothingThere = (state: AppState) => {
  if (!onMenu(state)) return undefined;
  const {check, place} = state.menu.targets[state.menu.selected] ?? {};
  if (check?.state === 'unreachable') return 'this target cannot be reached';
  if (check?.state === 'checking') return 'still looking what is there';
  if (check?.state === 'idle' && place?.kind === 'local') return 'nothing is deployed on this machine';
  return check?.state === 'known' && check.status.state === 'absent' ? 'nothing is deployed there' : undefined;
};

export const unreachable = ({menu}: AppState) =>
  menu.targets[menu.selected]?.check.state === 'unreachable' ? 'this target cannot be reached' : undefined;

export const occupied = ({menu}: AppState) => {
  const check = menu.targets[menu.selected]?.check;
  const foreign = check?.state === 'known' && check.status.state === 'foreign';
  return foreign ? 'a name is taken by something that is not ours' : undefined;
};

export const notOnAws = ({menu}: AppState) =>
  menu.targets[menu.selected]?.place.kind === 'aws' ? undefined : 'only AWS profiles have regions';
