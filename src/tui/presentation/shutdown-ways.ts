import {type Environment, isLive} from '../../lifecycle/environment.ts';
import type {ShutdownWay} from '../../lifecycle/session-message.ts';

export const shutdownWays = ['update', 'timeout', 'crash'] as const satisfies readonly ShutdownWay[];

type WayWords = {
  /** What the extension is told as the reason. */
  reason: string;
  reaches: 'live' | 'idle';
  does: string;
  takes: string;
  costs: string;
};

/** What each way of forcing SHUTDOWN does, whom it reaches, how long it takes, and what it costs. */
export const wayWords: Readonly<Record<ShutdownWay, WayWords>> = {
  update: {
    reason: 'spindown',
    reaches: 'live',
    does: 'Changes a variable of the function, so that each environment is replaced.',
    takes: 'On Local at once; on AWS seconds to about 6 min, as if left idle.',
    costs: 'One call, nothing billed; every environment then starts cold.',
  },
  timeout: {
    reason: 'timeout',
    reaches: 'idle',
    does: 'Sends each a direct Invoke that hangs until the function times out.',
    takes: 'The timeout of 6 s, on Local as on AWS; SHUTDOWN comes with the reset.',
    costs: '6 s of 256 MB billed for each; it may serve again, as generation 2.',
  },
  crash: {
    reason: 'failure',
    reaches: 'idle',
    does: 'Sends each a direct Invoke in which the runtime exits.',
    takes: 'Under a second, on Local as on AWS; SHUTDOWN comes with the reset.',
    costs: 'Milliseconds billed for each; it may serve again, as generation 2.',
  },
};

/** Whom a way reaches at this moment: `all 3 live`, `the 2 idle`. */
export function reachWords(way: ShutdownWay, states: readonly Pick<Environment, 'state'>[]): string {
  const live = states.filter(isLive).length;
  const idle = states.filter(({state}) => state === 'idle').length;
  if (wayWords[way].reaches === 'live') return live === 0 ? 'none is live' : `all ${live} live`;
  return idle === 0 ? 'none is idle' : `the ${idle} idle`;
}
