import type {Forecast} from './forecast.ts';

/** A window as it is shown: idle time in whole seconds, in ms. */
export type ShownWindow = {earlyMs: number; lateMs: number};

/** How a forecast did. `none`: nothing had been forecast. `cameMs`: the idle time at the SHUTDOWN, in whole seconds. */
export type Score =
  | (ShownWindow & {verdict: 'hit' | 'early' | 'late'; cameMs: number})
  | {verdict: 'none'; cameMs: number};

export type Tally = {hits: number; of: number};

/** How the forecasts did: this session's, and with those of earlier ones. */
export type Scores = {
  /** Of the natural SHUTDOWNs of this session. */
  byEnvironment: ReadonlyMap<string, Score>;
  session: Tally;
  all: Tally;
};

export const noScores: Scores = {byEnvironment: new Map(), session: {hits: 0, of: 0}, all: {hits: 0, of: 0}};

/** Outward to whole seconds: nobody may see a SHUTDOWN inside the window that counts as a miss. */
export function shownWindow({earlyMs, lateMs}: Pick<Forecast, 'earlyMs' | 'lateMs'>): ShownWindow {
  return {earlyMs: Math.floor(earlyMs / 1_000) * 1_000, lateMs: Math.ceil(lateMs / 1_000) * 1_000};
}

/** `window`: what was shown when the environment began to idle; `idleMs`: how long it was idle in the end. */
export function scoreOf(window: ShownWindow | undefined, idleMs: number): Score {
  const cameMs = Math.round(idleMs / 1_000) * 1_000;
  if (!window) return {verdict: 'none', cameMs};
  const {earlyMs, lateMs} = window;
  const verdict = cameMs < earlyMs ? 'early' : cameMs > lateMs ? 'late' : 'hit';
  return {verdict, earlyMs, lateMs, cameMs};
}

export function tally(scores: Iterable<Score>): Tally {
  const scored = [...scores].filter(({verdict}) => verdict !== 'none');
  return {hits: scored.filter(({verdict}) => verdict === 'hit').length, of: scored.length};
}
