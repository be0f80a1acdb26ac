import type {Binding} from './binding.ts';
import {onDashboard, onLists, onOtherPanes} from './conditions.ts';

export const logAndEventBindings: readonly Binding[] = [
  {
    id: 'details',
    keys: ['enter'],
    shown: '↵',
    label: 'details',
    help: 'details',
    group: 'LOGS AND EVENTS',
    when: onOtherPanes,
  },
  {
    id: 'filter',
    keys: ['/'],
    shown: '/',
    label: 'filter',
    help: 'filter, ! inverts',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    footer: 7,
  },
  {
    id: 'follow',
    keys: ['f'],
    shown: 'f',
    label: 'follow',
    help: 'follow on, off',
    group: 'LOGS AND EVENTS',
    when: onLists,
    footer: 9,
  },
  {
    id: 'copy',
    keys: ['y'],
    shown: 'y',
    label: 'copy',
    help: 'copy line',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
    footer: 10,
  },
  {
    id: 'copyUrl',
    keys: ['u'],
    shown: 'u',
    label: 'copy URL',
    help: 'copy URL',
    group: 'LOGS AND EVENTS',
    when: onDashboard,
  },
];
