import type {AppState} from '../state/app-state.ts';
import {environmentList} from '../state/environment-list.ts';
import {currentIndex} from '../ui/viewport.ts';
import type {Binding} from './binding.ts';
import {onDashboard, onEnvironments, readOnly} from './conditions.ts';

/** Of one that is just starting nothing is known but its log stream. */
function notKnownYet({dashboard}: AppState): string | undefined {
  if (!dashboard) return undefined;
  const list = environmentList(dashboard);
  const item = list.items[currentIndex(list, dashboard.views.environments)];
  if (!item) return 'there is no environment yet';
  return item.state === 'init' ? 'it has told nothing of itself yet' : undefined;
}

export const environmentBindings: readonly Binding[] = [
  {
    id: 'shutdown',
    keys: ['x'],
    shown: 'x',
    label: 'force SHUTDOWN',
    help: 'SHUTDOWN all',
    group: 'ENVIRONMENTS',
    when: onDashboard,
    off: readOnly,
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
    id: 'order',
    keys: ['o'],
    shown: 'o',
    label: 'order',
    help: 'order by …',
    group: 'ENVIRONMENTS',
    when: onEnvironments,
    footer: 8,
  },
];
