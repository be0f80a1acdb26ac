import type {FireProgress, FireRequest} from '../../../operate/session/session-state.ts';
import {count} from '../../presentation/clock.ts';

/** A run of requests that goes on by itself. */
export type Firing = {
  kind: 'rate' | 'plan';
  request: FireRequest;
  progress: FireProgress;
  /** No more are sent; what is under way is waited for. */
  stopping: boolean;
};

export const noProgress: FireProgress = {sent: 0, answered: 0, skipped: 0, failed: 0, cold: 0};

/** What is being sent: `rate 5/s`, `plan 37 of 100`. */
export function firingWords({kind, request, progress, stopping}: Firing): string {
  const {sent, answered, skipped} = progress;
  if (stopping) return `stopping, ${count(sent - answered)} out`;
  if (kind === 'rate') return `rate ${request.rate}/s`;
  return `plan ${count(sent + skipped)} of ${count(request.count)}`;
}

/** What its rate asked for and its slots had no room for. */
export function skippedWords({request, progress: {skipped}}: Firing): string | undefined {
  if (skipped === 0) return undefined;
  return `${count(skipped)} not sent: all ${request.concurrency} slots under way`;
}

/** What became of it, once it is over. */
export function doneWords({kind, request, progress}: Firing): string {
  const {sent, answered, failed, cold, skipped} = progress;
  const whole = kind === 'plan' && sent + skipped >= request.count;
  const facts = [
    `${count(sent)} sent`,
    `${count(cold)} cold`,
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(sent > answered ? [`${count(sent - answered)} without an answer`] : []),
    ...(skipped > 0 ? [`${count(skipped)} not sent: all ${request.concurrency} slots were under way`] : []),
  ];
  return `${kind === 'plan' ? 'Plan' : 'Rate'} ${whole ? 'done' : 'stopped'}: ${facts.join(', ')}.`;
}
