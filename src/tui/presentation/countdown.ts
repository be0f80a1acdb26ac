import type {Environment} from '../../lifecycle/environment.ts';
import type {Forecast} from '../../lifecycle/forecast.ts';
import type {Line, Tone} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {clockTime, left, took} from './clock.ts';
import {safeLine} from './safe-line.ts';

/** The bar of one environment: solid is idle time so far, `┅` the window in which its SHUTDOWN is expected. */
export function countdownBar(
  environment: Environment,
  forecast: Forecast | undefined,
  now: number,
  width: number,
): Line {
  if (environment.state === 'gone') return [span('·'.repeat(width), 'muted')];
  if (environment.state === 'invoke' || !forecast || environment.idleSince === undefined) {
    return [span('─'.repeat(width), 'muted')];
  }
  const idle = now - environment.idleSince;
  const tone = countdownTone(forecast, idle);
  if (forecast.beyond) return [span('━'.repeat(width), tone)];
  const cell = (ms: number) => Math.round(Math.min(1, Math.max(0, ms / forecast.lateMs)) * width);
  const reached = Math.min(width, cell(idle));
  const tip = reached > 0 && reached < width ? 1 : 0;
  const windowFrom = Math.min(width - 1, Math.max(reached, cell(forecast.earlyMs)));
  return [
    span('━'.repeat(reached - tip) + '╸'.repeat(tip), tone),
    span('─'.repeat(Math.max(0, windowFrom - reached)), 'muted'),
    span('┅'.repeat(Math.max(0, width - Math.max(windowFrom, reached))), 'soon'),
  ];
}

/** The words beside the bar. `roomy` adds the window of what is left to the median. */
export function countdownText(
  environment: Environment,
  forecast: Forecast | undefined,
  now: number,
  roomy: boolean,
): Line {
  const {state, shutdown, busySince, idleSince} = environment;
  if (state === 'gone') {
    const at = shutdown ? clockTime(shutdown.at) : '';
    const reason = safeLine(shutdown?.reason ?? '');
    return [span(roomy ? `${reason} ${at}` : at, 'gone')];
  }
  if (state === 'invoke') {
    return [span(`busy ${busySince === undefined ? '' : took(Math.max(0, now - busySince))}`.trim(), 'invoke')];
  }
  if (!forecast || idleSince === undefined) return [span('unknown', 'muted')];
  const idle = now - idleSince;
  if (forecast.beyond) return [span(roomy ? 'later than any seen' : 'overdue', 'late')];
  const words = [span(`in ${left(forecast.medianMs - idle)}`, countdownTone(forecast, idle))];
  if (!roomy) return words;
  return [...words, span(`  ${windowLeft(forecast.earlyMs - idle, forecast.lateMs - idle)}`, 'muted')];
}

/** Frozen and far from its window, in it, or past its median. */
function countdownTone(forecast: Forecast, idle: number): Tone {
  if (forecast.beyond || idle >= forecast.lateMs * 0.97) return 'late';
  return idle >= forecast.earlyMs * 0.8 ? 'soon' : 'idle';
}

/** `9–13 s`, or `3–5 min` where seconds would be false precision. */
function windowLeft(fromMs: number, toMs: number): string {
  const from = Math.max(0, fromMs);
  const to = Math.max(0, toMs);
  return to < 120_000
    ? `${Math.floor(from / 1_000)}–${Math.ceil(to / 1_000)} s`
    : `${Math.floor(from / 60_000)}–${Math.ceil(to / 60_000)} min`;
}
