import {lateFlushMs} from '../../provision/usual-durations.ts';
import type {ProgressState, StepRow} from '../state/app-state.ts';

type Run = Pick<ProgressState, 'kind' | 'steps'>;

/** The longest way through what is not done: ms, and whether something on it takes longer than it usually does. */
type Way = {ms: number; late: boolean};

const done: Way = {ms: 0, late: false};

/** AWS's own times vary by about half. */
const usuallyAtMost = (expectedMs: number) => expectedMs + Math.max(1_000, expectedMs / 2);

/**
 * What is left of a deployment or teardown, in words: `~5 s`. Undefined where it is not known what the steps usually take,
 * and when all is done.
 */
export function timeLeft({kind, steps}: Run, now: number): string | undefined {
  const open = steps.filter(({status}) => status === 'waiting' || status === 'running');
  if (open.some(({expectedMs}) => expectedMs === undefined)) return undefined;
  const ways = new Map<string, Way>();
  const wayTo = (step: StepRow): Way => {
    const known = ways.get(step.id);
    if (known) return known;
    ways.set(step.id, done);
    const needs = open.filter(({id}) => step.waitsFor?.includes(id));
    const way = joined(longest(needs.map(wayTo)), ownWay(step, now));
    ways.set(step.id, way);
    return way;
  };
  const flush: Way = {ms: lateFlushMs, late: false};
  const flushes = kind === 'teardown' ? open.filter(isLogGroup).map(step => joined(wayTo(step), flush)) : [];
  const {ms, late} = longest([...open.map(wayTo), ...flushes, flushLeft({kind, steps}, now)]);
  if (late) return 'longer than usual';
  return ms === 0 && open.length === 0 ? undefined : `~${Math.max(1, Math.round(ms / 1_000))} s`;
}

function ownWay({status, startedAt, expectedMs = 0}: StepRow, now: number): Way {
  if (status === 'waiting' || startedAt === undefined) return {ms: expectedMs, late: false};
  const elapsed = now - startedAt;
  return {ms: Math.max(0, expectedMs - elapsed), late: elapsed > usuallyAtMost(expectedMs)};
}

const isLogGroup = ({id}: StepRow) => id.startsWith('logs-');

/** Log groups that were deleted are looked for once more, when late lines would have brought them back. */
function flushLeft({kind, steps}: Run, now: number): Way {
  if (kind !== 'teardown') return done;
  const deleted = steps.filter(one => isLogGroup(one) && one.expectedMs !== undefined && one.action === 'deleted');
  return {ms: Math.max(0, ...deleted.map(({endedAt = 0}) => endedAt + lateFlushMs - now)), late: false};
}

const joined = (first: Way, then: Way): Way => ({ms: first.ms + then.ms, late: first.late || then.late});

const longest = (ways: readonly Way[]): Way =>
  ways.reduce((most, way) => (way.ms > most.ms || (way.ms === most.ms && way.late) ? way : most), done);
