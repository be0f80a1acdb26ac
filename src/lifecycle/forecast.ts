/** When an idle environment is expected to go. All durations ms of idle time, not of time left. */
export type Forecast = {
  /** p10, median and p90 of the idle lifetime, given that it has already been idle for `idleMs`. */
  earlyMs: number;
  medianMs: number;
  lateMs: number;
  /** `prior`: published figures or the configured window; `observed`: five or more own observations. */
  basis: 'prior' | 'observed';
  /** The sample: environments seen to go by themselves, and lifetimes of the prior (none once it is dropped). */
  observations: number;
  prior: number;
  /** Idle for longer than anything seen: nothing can be said. */
  beyond: boolean;
};

/** How long one environment was idle; `ended`: it went by itself. Otherwise all that is known is that it lasted longer. */
export type Observation = {idleMs: number; ended: boolean};

/** Idle lifetimes on AWS, last REPORT to SHUTDOWN, from logs published 2021 to 2024, in ms. AWS itself gives no number. */
export const awsPrior: readonly number[] = [328, 351, 354, 359, 360, 360, 363, 368, 386, 392, 398, 400].map(
  seconds => seconds * 1_000,
);

/** What is commonly said of idle lifetimes on AWS, ms: drawn beside the window, never reckoned with. */
export const commonlySaid = {fromMs: 5 * 60_000, toMs: 15 * 60_000};

const enoughObservations = 5;

/**
 * A SHUTDOWN is best effort: who has idled for so many times the longest lifetime known has more likely gone unseen than
 * outlived all others, and would stretch every forecast for as long as it is on the screen.
 */
export const goneUnseenFrom = 2;

/** A prior for an embedded AWS whose idle lifetime is a setting: eleven lifetimes spread evenly over its window. */
export function windowPrior(minMs: number, maxMs: number): readonly number[] {
  return Array.from({length: 11}, (_, index) => minMs + ((maxMs - minMs) * index) / 10);
}

/** The share of environments still there after so much idle time, falling at each lifetime in the sample. */
export type SurvivalCurve = Pick<Forecast, 'basis' | 'observations' | 'prior'> & {steps: readonly Step[]};

type Step = {atMs: number; survival: number};

/**
 * Estimates the idle lifetime by Kaplan and Meier's product limit, from the prior and what was observed, or from the
 * observations alone once five environments have gone by themselves. Made once for all environments: it costs a sort.
 */
export function survivalCurve(observations: readonly Observation[], prior: readonly number[]): SurvivalCurve {
  const ended = observations.filter(observation => observation.ended).length;
  const basis = ended >= enoughObservations ? 'observed' : 'prior';
  const used = basis === 'observed' ? [] : prior;
  const lifetimes = [...observations.filter(one => one.ended), ...used.map(idleMs => ({idleMs, ended: true}))];
  const longest = lifetimes.reduce((most, {idleMs}) => Math.max(most, idleMs), 0);
  const outlasting = observations.filter(one => !one.ended && one.idleMs <= longest * goneUnseenFrom);
  const sample = [...lifetimes, ...outlasting];
  return {basis, observations: ended, prior: used.length, steps: survivalSteps(sample)};
}

/** What the curve says of an environment that has been idle for `idleMs`. */
export function forecastAt(curve: SurvivalCurve, idleMs: number): Forecast {
  // Made for each of a thousand environments every second: members by name, as copying the rest costs ten times as much.
  const {steps, basis, observations, prior} = curve;
  const longest = steps.at(-1)?.atMs ?? 0;
  const next = firstAfter(steps, idleMs);
  const alive = steps[next - 1]?.survival ?? 1;
  if (next === steps.length || alive <= 0) {
    return {earlyMs: longest, medianMs: longest, lateMs: longest, basis, observations, prior, beyond: true};
  }
  const early = firstDownTo(steps, alive * 0.9, next);
  const median = firstDownTo(steps, alive * 0.5, early);
  const late = firstDownTo(steps, alive * 0.1, median);
  const at = (index: number) => steps[index]?.atMs ?? longest;
  return {earlyMs: at(early), medianMs: at(median), lateMs: at(late), basis, observations, prior, beyond: false};
}

function survivalSteps(sample: Observation[]): Step[] {
  sample.sort((a, b) => a.idleMs - b.idleMs);
  const steps: Step[] = [];
  let survival = 1;
  for (let index = 0; index < sample.length; ) {
    const atMs = sample[index]!.idleMs;
    const atRisk = sample.length - index;
    let gone = 0;
    for (; sample[index]?.idleMs === atMs; index += 1) if (sample[index]!.ended) gone += 1;
    if (gone === 0) continue;
    survival *= 1 - gone / atRisk;
    steps.push({atMs, survival});
  }
  return steps;
}

/** The first step later than `ms`. */
function firstAfter(steps: readonly Step[], ms: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.atMs > ms) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first step at or after `from` by which no more than `survival` are left. */
function firstDownTo(steps: readonly Step[], survival: number, from: number): number {
  let low = from;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.survival <= survival + 1e-9) high = middle;
    else low = middle + 1;
  }
  return low;
}
