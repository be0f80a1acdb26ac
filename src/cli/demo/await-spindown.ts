import {Problem} from '../../aws/problem.ts';
import {isLive} from '../../lifecycle/environment.ts';
import type {ResponseMessage} from '../../lifecycle/message.ts';
import {pause} from '../../operate/pause.ts';
import type {Session} from '../../operate/session/session-state.ts';
import {formatDuration} from '../../text/duration.ts';
import {type Output, type Part, styled} from '../output.ts';
import {eventRow, shortId} from '../rows.ts';

/** When the others are used again, as a share of the shortest idle lifetime: early enough to be sure of them. */
const keepAliveShare = 0.45;
/** Beyond the longest lifetime: the SHUTDOWN itself, its write and its reading. */
const graceMs = 5_000;

export type SpindownOptions = {
  session: Session;
  output: Output;
  signal: AbortSignal;
  idleWindow: {minMs: number; maxMs: number};
  /** Since when all environments are idle, epoch ms. */
  burstEnd: number;
  /** Uses all environments but one. */
  keepAlive: () => Promise<ResponseMessage[]>;
};

/**
 * Waits until one environment goes by itself while the others are kept. Which one it is, Lambda decides: the one that the
 * second burst, with one request less than there are environments, did not reach.
 */
export async function awaitSpindown(options: SpindownOptions): Promise<{environmentId: string; idleMs?: number}> {
  const {session, output, idleWindow, burstEnd, keepAlive} = options;
  const countdown = createCountdown(output);
  const deadline = burstEnd + idleWindow.maxMs + graceMs;
  const keepAliveAt = burstEnd + idleWindow.minMs * keepAliveShare;
  await showUntil(
    options,
    () => (Date.now() >= keepAliveAt ? true : undefined),
    now => countdown.show(['  all idle for ', styled('yellow', formatDuration(now - burstEnd))]),
  );
  countdown.clear();
  const used = new Set((await keepAlive()).map(response => response.environmentId));
  const alone = session.getState().environments.list.find(one => isLive(one) && !used.has(one.id));
  const event = await showUntil(
    options,
    () => {
      if (Date.now() > deadline) throw new Problem('failed', 'No environment went by itself');
      return session.getState().events.find(one => one.eventType === 'SHUTDOWN');
    },
    now =>
      countdown.show([
        `  ${shortId(alone?.id)} idle for `,
        styled('yellow', formatDuration(now - burstEnd)),
        `, goes between ${formatDuration(idleWindow.minMs)} and ${formatDuration(idleWindow.maxMs)}`,
      ]),
  );
  countdown.clear();
  output.message(event);
  output.line('  ', ...eventRow(event));
  const idleMs = session.getState().environments.list.find(one => one.id === event.environmentId)?.shutdown?.idleMs;
  return {environmentId: event.environmentId, ...(idleMs !== undefined && {idleMs})};
}

async function showUntil<T>(
  {signal}: SpindownOptions,
  found: () => T | undefined,
  show: (now: number) => void,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const result = found();
    if (result !== undefined) return result;
    show(Date.now());
    await pause(100, signal);
  }
}

/** One line that is drawn over on a terminal; elsewhere a line every other second. */
function createCountdown(output: Output): {show(parts: Part[]): void; clear(): void} {
  let lastAt = Date.now();
  return {
    show: parts => {
      if (output.live) {
        output.redraw([parts]);
        return;
      }
      if (Date.now() - lastAt < 2_000) return;
      lastAt = Date.now();
      output.line(...parts);
    },
    clear: () => {
      if (output.live) output.erase();
    },
  };
}
