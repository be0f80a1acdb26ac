import type {AppState} from '../state/app-state.ts';
import type {Binding} from './binding.ts';
import {onMenu, unreachable} from './conditions.ts';

const openLabel = ({menu}: AppState) => {
  const check = menu.targets[menu.selected]?.check;
  const deployed = check?.state === 'known' && check.status.state === 'deployed';
  return deployed ? 'open dashboard' : 'deploy and open';
};

export const targetBindings: readonly Binding[] = [
  {
    id: 'open',
    keys: ['enter'],
    shown: '↵',
    label: openLabel,
    help: 'open or deploy',
    group: 'TARGETS',
    when: onMenu,
    off: unreachable,
    footer: 1,
  },
  {
    id: 'rescan',
    keys: ['r'],
    shown: 'r',
    label: 'rescan',
    help: 'look again',
    group: 'TARGETS',
    when: onMenu,
    footer: 6,
  },
];
