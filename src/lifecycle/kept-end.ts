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
