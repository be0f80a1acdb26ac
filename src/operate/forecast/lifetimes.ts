import type {Environment} from '../../lifecycle/environment.ts';
import {type Forecast, forecastAt, survivalCurve} from '../../lifecycle/forecast.ts';
import {endId, type KeptEnd, newestEnds} from '../../lifecycle/kept-end.ts';
import {noScores, type Score, type Scores, scoreOf, tally} from '../../lifecycle/score.ts';
import type {FunctionFacts} from '../function-facts.ts';
import {type Asked, observeEnd, observeIdle} from './observation.ts';
import {createShownForecasts} from './shown-forecasts.ts';

/** The target's, until it has been read. */
const assumedTimeoutMs = 6_000;
/** Nobody looks further back than this, and a session may last for weeks. */
const keptOwn = 1_000;

export type Lifetimes = {
  /** No invocation takes longer, ms. */
  functionTimeoutMs(): number;
  /** SHUTDOWN is being forced: what ends from now on was asked for. Epoch ms on AWS's clock. */
  forced(at: number): void;
  /** What earlier runs saw; it goes into the score, and into the forecast where it `teaches`. */
  recall(ends: readonly KeptEnd[], teaches: boolean): void;
  /** Learns from environments that have ended; `facts`: what Lambda says of the function at this moment. */
  learn(facts: FunctionFacts, ended: readonly Environment[]): void;
  /**
   * What is shown from now on: for each idle environment `of` these by its id, and for one that begins to idle. `now`:
   * epoch ms on AWS's clock; `watchedMs`: for how long the session has been open.
   */
  foresee(
    environments: readonly Environment[],
    now: number,
    watchedMs: number,
    of?: readonly Environment[],
  ): {forecasts: ReadonlyMap<string, Forecast>; expectation: Forecast};
  /** The ends that this session has seen, for later runs. */
  ends(): readonly KeptEnd[];
  scores(): Scores;
};

/**
 * Collects how long environments were idle, says from that when the others will go, and keeps the score. `prior`:
 * lifetimes in ms.
 */
export function createLifetimes(prior: readonly number[]): Lifetimes {
  /** Ends that have come in this session, whether they say something or not. */
  const seen = new Set<string>();
  const own = new Map<string, KeptEnd>();
  const earlier = new Map<string, KeptEnd>();
  const shown = createShownForecasts();
  let earlierTeach = false;
  let known: readonly KeptEnd[] = [];
  let scores = noScores;
  let timeoutMs = assumedTimeoutMs;
  let forcedAt: number | undefined;

  /** What an earlier run kept of the same end was learned nearer to the event. */
  const merged = () => [...new Map([...own, ...earlier]).values()];
  const refresh = (): void => {
    const all = newestEnds(merged());
    const here = [...seen].flatMap(key => {
      const end = earlier.get(key) ?? own.get(key);
      return end ? [{end, fresh: !earlier.has(key)}] : [];
    });
    known = earlierTeach ? all : newestEnds(here.map(({end}) => end));
    const scored = here
      .filter(({end}) => end.ended)
      .map(({end, fresh}) => ({id: end.environmentId, fresh, score: scoreOf(end.window, end.idleMs)}));
    scores = {
      byEnvironment: new Map<string, Score>(scored.map(({id, score}) => [id, score])),
      session: tally(scored.filter(({fresh}) => fresh).map(({score}) => score)),
      all: tally(all.filter(({ended}) => ended).map(({window, idleMs}) => scoreOf(window, idleMs))),
    };
  };

  const learnFrom = (environment: Environment, asked: Asked): void => {
    const {id: environmentId, generation, shutdown} = environment;
    const key = endId({environmentId, generation});
    if (shutdown) seen.add(key);
    const observed = own.has(key) ? undefined : observeEnd(environment, asked);
    if (!observed || !shutdown) return;
    const window = observed.ended ? shown.windowOf(environment) : undefined;
    own.set(key, {environmentId, generation, at: shutdown.at, ...observed, ...(window && {window})});
  };

  return {
    functionTimeoutMs: () => timeoutMs,
    forced: at => {
      forcedAt = at;
    },
    recall: (ends, teaches) => {
      earlierTeach = teaches;
      for (const end of ends) earlier.set(endId(end), end);
      refresh();
    },
    learn: (facts, ended) => {
      if (facts.timeoutMs !== undefined) timeoutMs = facts.timeoutMs;
      const asked = {
        ...(facts.lastModified !== undefined && {lastModified: facts.lastModified}),
        ...(forcedAt !== undefined && {forcedAt}),
      };
      for (const environment of ended) learnFrom(environment, asked);
      while (own.size > keptOwn) own.delete(own.keys().next().value!);
      while (seen.size > keptOwn) seen.delete(seen.keys().next().value!);
      if (ended.length > 0) refresh();
    },
    foresee: (environments, now, watchedMs, of = environments) => {
      const observe = (environment: Environment) => observeIdle(environment, now) ?? [];
      const curve = survivalCurve([...known, ...environments.flatMap(observe)], prior);
      const forecasts = new Map<string, Forecast>();
      for (const environment of of) {
        const observation = observeIdle(environment, now);
        if (observation) forecasts.set(environment.id, forecastAt(curve, observation.idleMs));
      }
      shown.show(environments, forecasts, now, watchedMs);
      return {forecasts, expectation: forecastAt(curve, 0)};
    },
    ends: () => [...own.values()],
    scores: () => scores,
  };
}
