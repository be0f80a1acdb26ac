import type {IdleSource} from './environment.ts';
import type {Observation} from './forecast.ts';
import type {ShownWindow} from './score.ts';

/** What an end says about idle lifetimes, and by which of its sources the idle time was measured. */
export type ObservedEnd = Observation & {source: IdleSource};

/** The end of one environment as later runs are told of it. `at`: epoch ms of the SHUTDOWN; `window`: what had been forecast. */
export type KeptEnd = ObservedEnd & {environmentId: string; generation: number; at: number; window?: ShownWindow};

/** Of natural ends, and of others, as many: forcing SHUTDOWN again and again must not push out what was learned. */
const keptOfAKind = 100;

/** The newest ends, oldest first: 200 at most. */
export function newestEnds(ends: readonly KeptEnd[]): readonly KeptEnd[] {
  const sorted = [...ends].sort((a, b) => a.at - b.at);
  const newest = (ended: boolean) => sorted.filter(one => one.ended === ended).slice(-keptOfAKind);
  return [...newest(true), ...newest(false)].sort((a, b) => a.at - b.at);
}

/** An environment ends once in each generation. */
export const endId = ({environmentId, generation}: Pick<KeptEnd, 'environmentId' | 'generation'>): string =>
  `${environmentId}#${generation}`;

const sources: Readonly<Record<IdleSource, true>> = {report: true, response: true, parked: true, timeout: true};

/** A count, a duration or epoch ms that a date can hold. */
const positive = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 8.64e15;

/** Whether something that anyone may have written is the end of an environment. */
export function isKeptEnd(value: unknown): value is KeptEnd {
  if (typeof value !== 'object' || value === null) return false;
  const {environmentId, generation, at, idleMs, ended, source, window} = value as Record<string, unknown>;
  const {earlyMs, lateMs} = (window ?? {}) as Record<string, unknown>;
  return (
    typeof environmentId === 'string' &&
    environmentId.length <= 2_048 &&
    typeof ended === 'boolean' &&
    Object.hasOwn(sources, String(source)) &&
    [generation, at, idleMs].every(positive) &&
    (window === undefined || [earlyMs, lateMs].every(positive))
  );
}
