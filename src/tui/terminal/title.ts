import type {Environment} from '../../lifecycle/environment.ts';
import type {AppState, DashboardState, ProgressState} from '../state/app-state.ts';

/** The window's title: what one wants to know while looking at another window. Own words and numbers only. */
export function titleOf(state: AppState): string {
  const {screen, dashboard, progress} = state;
  if (screen === 'stopping') return 'λ stopping';
  if (screen === 'progress' && progress) return `λ ${progressWords(progress)}`;
  if (screen === 'dashboard' && dashboard) return `λ ${dashboardWords(dashboard, state.now)}`;
  return 'λ lifecycle-tui';
}

function progressWords({kind, phase, steps}: ProgressState): string {
  if (phase !== 'running' && phase !== 'starting') return `${kind} ${phase}`;
  const ended = steps.filter(({status}) => status === 'done' || status === 'skipped').length;
  return steps.length === 0 ? kind : `${kind} ${ended} of ${steps.length}`;
}

function dashboardWords({data}: DashboardState, now: number): string {
  const {list} = data.environments;
  const idle = list.filter(({state}) => state === 'idle');
  const busy = list.filter(({state}) => state === 'invoke').length;
  const parts = [
    data.live ? '' : 'no answer',
    busy > 0 ? `${busy} busy` : '',
    idle.length > 0 || busy === 0 ? `${idle.length} idle` : '',
    ...next(idle, data, now + data.clockOffsetMs),
  ];
  return parts.filter(part => part !== '').join(' · ');
}

/** When the first of the idle ones is expected to go. */
function next(idle: readonly Environment[], {forecasts}: DashboardState['data'], now: number): string[] {
  const left = idle.flatMap(({id, idleSince}) => {
    const forecast = forecasts.get(id);
    return forecast && idleSince !== undefined && !forecast.beyond ? [forecast.medianMs - (now - idleSince)] : [];
  });
  if (left.length === 0) return [];
  const seconds = Math.max(0, Math.ceil(Math.min(...left) / 1_000));
  return [`next ≈ ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`];
}
