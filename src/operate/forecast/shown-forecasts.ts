import type {Environment} from '../../lifecycle/environment.ts';
import type {Forecast} from '../../lifecycle/forecast.ts';
import {type ShownWindow, shownWindow} from '../../lifecycle/score.ts';

export type ShownForecasts = {
  /**
   * Keeps the first forecast of each idle period. One that began before anyone watched was not forecast: `watchedMs`
   * before `now` (epoch ms on AWS's clock) the session was opened.
   */
  show(
    environments: readonly Environment[],
    forecasts: ReadonlyMap<string, Forecast>,
    now: number,
    watchedMs: number,
  ): void;
  /** The window shown when the environment began its last idle period; undefined when nothing was forecast. */
  windowOf(environment: Environment): ShownWindow | undefined;
};

/** Remembers what was forecast when each environment began to idle, so that it can be held against what came. */
export function createShownForecasts(): ShownForecasts {
  const shown = new Map<string, {period: number; window: ShownWindow | undefined}>();
  return {
    show: (environments, forecasts, now, watchedMs) => {
      for (const environment of environments) {
        const forecast = forecasts.get(environment.id);
        if (!forecast) continue;
        const period = idlePeriod(environment);
        if (shown.get(environment.id)?.period === period) continue;
        const fromItsBegin = !forecast.beyond && now - (environment.idleSince ?? 0) <= watchedMs;
        shown.set(environment.id, {period, window: fromItsBegin ? shownWindow(forecast) : undefined});
      }
      if (shown.size > 2 * environments.length + 100) {
        const known = new Set(environments.map(({id}) => id));
        for (const id of shown.keys()) if (!known.has(id)) shown.delete(id);
      }
    },
    windowOf: environment => {
      const kept = shown.get(environment.id);
      return kept?.period === idlePeriod(environment) ? kept.window : undefined;
    },
  };
}

/** The same however its begin is known: a REPORT that follows the response moves `idleSince` a little. */
const idlePeriod = ({generation, invocations}: Environment): number => generation * 1e9 + invocations;
