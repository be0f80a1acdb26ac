import type {AppState} from '../state/app-state.ts';
import {type Firing, firingWords} from '../state/requests/firing.ts';
import {planArgument} from '../state/requests/plan-argument.ts';
import {wholeNumber} from './argument.ts';
import type {Binding} from './binding.ts';
import {onDashboard, readOnly} from './conditions.ts';

function rateLabel(firing: Firing | undefined): string {
  if (!firing || firing.stopping) return 'rate';
  return firing.kind === 'plan' ? 'stop the plan' : firingWords(firing);
}

/** Beside events and logs their own keys need the room. */
function burstLabel({dashboard}: AppState): string {
  if (dashboard?.focus === 'events' || dashboard?.focus === 'logs') return 'burst';
  return `burst of ${dashboard?.burst ?? 0} ([ ])`;
}

export const requestBindings: readonly Binding[] = [
  {
    id: 'fire',
    keys: ['i'],
    shown: 'i',
    label: 'invoke',
    help: 'invoke once',
    group: 'REQUESTS',
    when: onDashboard,
    off: readOnly,
    footer: 1,
  },
  {
    id: 'burst',
    keys: ['b'],
    shown: 'b',
    label: burstLabel,
    help: 'burst at once',
    argument: wholeNumber(1, 40),
    group: 'REQUESTS',
    when: onDashboard,
    off: readOnly,
    footer: 2,
  },
  {
    id: 'more',
    keys: [']'],
    shown: ']',
    label: 'larger burst',
    help: 'burst size',
    helpKeys: '[ ]',
    group: 'REQUESTS',
    when: onDashboard,
  },
  {
    id: 'fewer',
    keys: ['['],
    shown: '[',
    label: 'smaller burst',
    group: 'REQUESTS',
    when: onDashboard,
  },
  {
    id: 'rate',
    keys: ['r'],
    shown: 'r',
    label: ({dashboard}) => rateLabel(dashboard?.firing),
    help: 'rate 1-10/s',
    argument: wholeNumber(0, 20),
    group: 'REQUESTS',
    when: onDashboard,
    off: readOnly,
    footer: 5,
  },
  {
    id: 'plan',
    keys: ['B'],
    shown: 'B',
    label: 'plan',
    help: 'plan them',
    argument: planArgument,
    group: 'REQUESTS',
    when: onDashboard,
    off: readOnly,
  },
];
