import {shutdownWays} from '../presentation/shutdown-ways.ts';
import {spanNames} from '../presentation/timeline-span.ts';
import type {AppState} from '../state/app-state.ts';
import {environmentList, environmentOrders} from '../state/lists/environment-list.ts';
import {isWaiting} from '../state/requests/shutdown-orders.ts';
import {currentIndex} from '../ui/viewport.ts';
import {oneOf} from './argument.ts';
import type {Binding} from './binding.ts';
import {onDashboard, onEnvironments, readOnly} from './conditions.ts';

/** Of one that is just starting nothing is known but its log stream. */
function notKnownYet({dashboard}: AppState): string | undefined {
  if (!dashboard) return undefined;
  const list = environmentList(dashboard);
  const item = list.items.at(currentIndex(list, dashboard.views.environments));
  if (!item) return 'there is no environment yet';
  return item.state === 'init' ? 'it has told nothing of itself yet' : undefined;
}

const waited = ({dashboard}: AppState) =>
  dashboard && isWaiting(dashboard) ? 'one is being waited for, esc stops waiting' : undefined;

/** Escape first clears the filter, the search and the zoom, as it always does. */
function nothingToClear(state: AppState): boolean {
  const {dashboard} = state;
  if (!onDashboard(state) || state.replay || !dashboard || !isWaiting(dashboard)) return false;
  const {filter, search} = dashboard.views[dashboard.focus];
  return !dashboard.zoomed && filter === '' && search === '';
}

export const environmentBindings: readonly Binding[] = [
  {
    id: 'shutdown',
    keys: ['x'],
    shown: 'x',
    label: ({size}) => (size.columns < 100 ? 'SHUTDOWN' : 'force SHUTDOWN'),
    help: 'SHUTDOWN all',
    argument: oneOf(shutdownWays),
    group: 'ENVIRONMENTS',
    when: onDashboard,
    off: state => readOnly(state) ?? waited(state),
    footer: 3,
  },
  {
    id: 'environment',
    keys: ['enter'],
    shown: '↵',
    label: 'its history',
    help: 'its history',
    group: 'ENVIRONMENTS',
    when: onEnvironments,
    off: notKnownYet,
    footer: 7,
  },
  {
    id: 'zoomIn',
    keys: ['+', '='],
    shown: '+',
    label: 'nearer in time',
    help: 'zoom timeline',
    helpKeys: '+ -',
    group: 'ENVIRONMENTS',
    when: onDashboard,
  },
  {
    id: 'zoomOut',
    keys: ['-', '_'],
    shown: '-',
    label: 'farther back in time',
    group: 'ENVIRONMENTS',
    when: onDashboard,
  },
  {
    id: 'timeline',
    keys: [],
    shown: ':timeline',
    label: 'how far timelines reach',
    argument: oneOf(spanNames),
    group: 'ENVIRONMENTS',
    when: onDashboard,
  },
  {
    id: 'order',
    keys: ['o'],
    shown: 'o',
    label: 'order',
    help: 'order by …',
    argument: oneOf(environmentOrders),
    group: 'ENVIRONMENTS',
    when: onEnvironments,
    footer: 9,
  },
  {
    id: 'chooseShutdown',
    keys: ['X'],
    shown: 'X',
    label: 'SHUTDOWN by…',
    help: 'choose the way',
    group: 'ENVIRONMENTS',
    when: onDashboard,
    off: readOnly,
  },
  {
    id: 'giveUp',
    keys: ['esc'],
    shown: 'esc',
    label: 'stop waiting',
    help: 'stop waiting',
    group: 'ENVIRONMENTS',
    when: nothingToClear,
    footer: 2,
  },
];
