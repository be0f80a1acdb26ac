import type {Binding} from './binding.ts';
import {onDashboard, readOnly} from './conditions.ts';

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
];
