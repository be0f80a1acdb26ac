import {type Firing, firingWords} from '../state/requests/firing.ts';
import {planArgument} from '../state/requests/plan-argument.ts';
import {wholeNumber} from './argument.ts';
import type {Binding} from './binding.ts';
import {onDashboard, readOnly} from './conditions.ts';

function rateLabel(firing: Firing | undefined): string {
  if (!firing || firing.stopping) return 'rate';
  return firing.kind === 'plan' ? 'stop the plan' : firingWords(firing);
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
    label: ({dashboard}) => `burst of ${dashboard?.burst ?? 0} ([ ])`,
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
