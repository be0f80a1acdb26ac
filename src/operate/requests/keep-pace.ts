import {pause} from '../pause.ts';

export type Pace = {
  /** How many beats; may be infinite. */
  count: number;
  perSecond: number;
  /** Most under way at a time. */
  slots: number;
  send: () => Promise<void>;
  /** A beat came while all slots were under way: nothing was sent for it. */
  onSkipped: () => void;
  /** Ends the beat; what is under way is waited for. */
  stop: AbortSignal;
};

/**
 * Sends on a beat that is reckoned from its start, so that delays do not add up. A beat that comes late sends once, and
 * those that it has missed are not made up for; one that finds all slots under way sends nothing, so that nothing piles
 * up. Resolves when all that was sent has ended; rejects when `send` does.
 */
export async function keepPace({count, perSecond, slots, send, onSkipped, stop}: Pace): Promise<void> {
  const intervalMs = 1_000 / perSecond;
  const startedAt = performance.now();
  const underWay = new Set<Promise<void>>();
  let failure: {error: unknown} | undefined;
  let beat = 0;
  for (let beats = 0; beats < count; beats++) {
    await pause(startedAt + beat * intervalMs - performance.now(), stop);
    if (stop.aborted || failure) break;
    if (underWay.size >= slots) onSkipped();
    else {
      const sent: Promise<void> = send()
        .catch(error => {
          failure ??= {error};
        })
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
    }
    beat = Math.max(beat + 1, Math.ceil((performance.now() - startedAt) / intervalMs));
  }
  await Promise.all(underWay);
  if (failure) throw failure.error;
}
