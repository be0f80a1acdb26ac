import type {ShutdownWay} from '../lifecycle/session-message.ts';
import type {ShutdownOutcome} from '../operate/session/session-state.ts';
import {shortId} from './rows.ts';

type Order = {how: ShutdownWay; local: boolean};

/** What to say of environments that did not tell of their SHUTDOWN while it was waited for. */
export function missingShutdowns({missing, shutdowns}: ShutdownOutcome, order: Order) {
  return {
    title: `${missing.length} of ${missing.length + shutdowns.length} did not tell`,
    details: missing.map(shortId).join(' '),
    ...remedy(order),
  };
}

function remedy({how, local}: Order): {solution: string; next: string} {
  if (how !== 'update') {
    return {
      solution: 'The SHUTDOWN was lost, or the Invoke reached another environment. An update reaches all.',
      next: 'lifecycle-tui shutdown',
    };
  }
  if (local) {
    return {
      solution: 'With --behaviour aws they idle on for up to 6 min after an update, as on AWS. Wait longer for them.',
      next: 'lifecycle-tui shutdown --wait 7m',
    };
  }
  return {
    solution: 'AWS may take its usual idle time. To end idle ones at once, let them time out.',
    next: 'lifecycle-tui shutdown --how timeout',
  };
}
