import type {AppState} from '../state/app-state.ts';
import {anyText} from './argument.ts';
import type {Binding} from './binding.ts';
import {notOnAws, occupied, onMenu, unreachable} from './conditions.ts';

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
    off: state => unreachable(state) ?? occupied(state),
    footer: 1,
  },
  {
    id: 'region',
    keys: ['p'],
    shown: 'p',
    label: 'region',
    help: 'another region',
    argument: anyText('REGION'),
    group: 'TARGETS',
    when: onMenu,
    off: notOnAws,
    footer: 7,
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
