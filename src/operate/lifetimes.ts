import type {Environment} from '../lifecycle/environment.ts';
import {type Forecast, forecast, type Observation} from '../lifecycle/forecast.ts';
import type {FunctionFacts} from './function-facts.ts';
import {observeEnd, observeIdle} from './observation.ts';

const kept = 100;
/** The target's, until it has been read. */
const assumedTimeoutMs = 6_000;

export type Lifetimes = {
  /** No invocation takes longer, ms. */
  functionTimeoutMs(): number;
  /** SHUTDOWN is being forced: what ends from now on was asked for. Epoch ms on AWS's clock. */
  forced(at: number): void;
  /** Learns from environments that have ended; `facts`: what Lambda says of the function at this moment. */
  learn(facts: FunctionFacts, ended: readonly Environment[]): void;
  /** By environment id, for idle ones. */
  forecasts(environments: readonly Environment[], now: number): ReadonlyMap<string, Forecast>;
};

/** Collects how long environments were idle, and says from that when the others will go. `prior`: lifetimes in ms. */
export function createLifetimes(prior: readonly number[]): Lifetimes {
  const observations = new Map<string, Observation>();
  let timeoutMs = assumedTimeoutMs;
  let forcedAt: number | undefined;
  return {
    functionTimeoutMs: () => timeoutMs,
    forced: at => {
      forcedAt = at;
    },
    learn: (facts, ended) => {
      if (facts.timeoutMs !== undefined) timeoutMs = facts.timeoutMs;
      const asked = {
        ...(facts.lastModified !== undefined && {lastModified: facts.lastModified}),
        ...(forcedAt !== undefined && {forcedAt}),
      };
      for (const environment of ended) {
        const observation = observeEnd(environment, asked);
        if (observation) observations.set(environment.id, observation);
      }
      while (observations.size > kept) observations.delete(observations.keys().next().value!);
    },
    forecasts: (environments, now) => {
      const idle = environments.flatMap(environment => {
        const observation = observeIdle(environment, now);
        return observation ? [{id: environment.id, observation}] : [];
      });
      const all = [...observations.values(), ...idle.slice(-kept).map(one => one.observation)];
      return new Map(idle.map(({id, observation}) => [id, forecast(observation.idleMs, all, prior)]));
    },
  };
}
