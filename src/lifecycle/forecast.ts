/** When an idle environment is expected to go. All durations ms of idle time, not of time left. */
export type Forecast = {
  /** p10, median and p90 of the idle lifetime, given that it has already been idle for `idleMs`. */
  earlyMs: number;
  medianMs: number;
  lateMs: number;
  /** `prior`: published figures or the configured window; `observed`: five or more own observations. */
  basis: 'prior' | 'observed';
  observations: number;
  /** Idle for longer than anything seen: nothing can be said. */
  beyond: boolean;
};

/** How long one environment was idle; `ended`: it went by itself. Otherwise all that is known is that it lasted longer. */
export type Observation = {idleMs: number; ended: boolean};

/** Idle lifetimes on AWS, last REPORT to SHUTDOWN, from logs published 2021 to 2024, in ms. AWS itself gives no number. */
export const awsPrior: readonly number[] = [328, 351, 354, 359, 360, 360, 363, 368, 386, 392, 398, 400].map(
  seconds => seconds * 1_000,
);

const enoughObservations = 5;

/** A prior for an embedded AWS whose idle lifetime is a setting: eleven lifetimes spread evenly over its window. */
export function windowPrior(minMs: number, maxMs: number): readonly number[] {
  return Array.from({length: 11}, (_, index) => minMs + ((maxMs - minMs) * index) / 10);
}

/**
 * Estimates the idle lifetime by Kaplan and Meier's product limit, from the prior and what was observed, or from the
 * observations alone once five environments have gone by themselves.
 */
export function forecast(idleMs: number, observations: readonly Observation[], prior: readonly number[]): Forecast {
  const ended = observations.filter(observation => observation.ended).length;
  const basis = ended >= enoughObservations ? 'observed' : 'prior';
  const sample =
    basis === 'observed' ? observations : [...observations, ...prior.map(ms => ({idleMs: ms, ended: true}))];
  const steps = survivalSteps(sample);
  const alive = survivalAt(steps, idleMs);
  const longest = steps.at(-1)?.atMs ?? 0;
  if (alive <= 0 || idleMs >= longest) {
    return {earlyMs: longest, medianMs: longest, lateMs: longest, basis, observations: ended, beyond: true};
  }
  const quantile = (gone: number) =>
    steps.find(step => step.atMs > idleMs && step.survival <= alive * (1 - gone) + 1e-9)?.atMs ?? longest;
  return {
    earlyMs: quantile(0.1),
    medianMs: quantile(0.5),
    lateMs: quantile(0.9),
    basis,
    observations: ended,
    beyond: false,
  };
}

type Step = {atMs: number; survival: number};

function survivalSteps(sample: readonly Observation[]): Step[] {
  const times = [...new Set(sample.filter(one => one.ended).map(one => one.idleMs))].sort((a, b) => a - b);
  let survival = 1;
  return times.map(atMs => {
    const atRisk = sample.filter(one => one.idleMs >= atMs).length;
    const gone = sample.filter(one => one.ended && one.idleMs === atMs).length;
    survival *= 1 - gone / atRisk;
    return {atMs, survival};
  });
}

function survivalAt(steps: readonly Step[], ms: number): number {
  return steps.findLast(step => step.atMs <= ms)?.survival ?? 1;
}
