import type {Environment, Starting} from '../../lifecycle/environment.ts';
import {commonlySaid, type Forecast} from '../../lifecycle/forecast.ts';
import {sinceReset} from '../../lifecycle/reset.ts';
import type {Score} from '../../lifecycle/score.ts';
import type {SessionState} from '../../operate/session/session-state.ts';
import type {Line, Span, Tone} from '../ui/line.ts';
import {fitLine, lineWidth, span} from '../ui/line.ts';
import type {AskedEnd} from './asked-end.ts';
import {age, clockTime, left, took} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {scoreInBrief, scoreMark} from './score-words.ts';

/** `said`: whether to draw what is commonly said of lifetimes on AWS beside the window. */
export type CountdownOptions = {
  forecast: Forecast | undefined;
  now: number;
  said: boolean;
  score: Score | undefined;
  /** The function was changed after its start: nothing new comes to it. */
  outdated?: boolean;
  /** What asked for its end. */
  asked: AskedEnd | undefined;
  /** What has probably become of it since it was reset. */
  became?: string;
};

/** Cells from which a bar is long enough for the whole of what is commonly said. */
const roomForAllSaid = 36;
/** How much of the bar is left behind the window where more could follow. */
const behindWindow = 1.2;

/**
 * The bar of an idle environment: solid is idle time so far, `┅` the window in which its SHUTDOWN is expected with `╋`
 * where half of the environments have gone, `┈` what is commonly said, with `→` where that goes on beyond the bar.
 */
export function countdownBar(environment: Environment | Starting, width: number, options: CountdownOptions): Line {
  const {forecast, now, said} = options;
  if (environment.state !== 'idle' || !forecast || environment.idleSince === undefined) {
    return [span('─'.repeat(width), 'muted')];
  }
  const idle = now - environment.idleSince;
  const {earlyMs, medianMs, lateMs, beyond} = forecast;
  const scale = barScale(forecast, said, width);
  const cell = (ms: number) => Math.round(Math.min(1, Math.max(0, ms / scale)) * width);
  const reached = beyond && !said ? width : cell(idle);
  const from = Math.min(width - 1, Math.max(reached, cell(earlyMs)));
  const window = {from, to: Math.max(from + 1, cell(lateMs))};
  const median = Math.min(window.to - 1, Math.max(window.from, Math.floor((medianMs / scale) * width)));
  const saidFrom = said ? cell(commonlySaid.fromMs) : width;
  const cells = Array.from({length: width}, (_, index): Span => {
    if (index < reached - 1 || (index === reached - 1 && reached === width)) return span('━', tone(forecast, idle));
    if (index === reached - 1) return span('╸', tone(forecast, idle));
    if (!beyond && index === median) return span('╋', 'soon');
    if (!beyond && index >= window.from && index < window.to) return span('┅', 'soon');
    if (index === width - 1 && said && scale < commonlySaid.toMs) return span('→', 'muted');
    return span(index >= saidFrom ? '┈' : '─', 'muted');
  });
  return cells;
}

/** What the whole bar stands for, ms. */
function barScale({lateMs, beyond}: Forecast, said: boolean, width: number): number {
  if (!said) return lateMs;
  return beyond || width >= roomForAllSaid ? commonlySaid.toMs : Math.min(commonlySaid.toMs, lateMs * behindWindow);
}

/** Frozen and far from its window, in it, or past it. */
function tone(forecast: Forecast, idle: number): Tone {
  if (forecast.beyond || idle >= forecast.lateMs * 0.97) return 'late';
  return idle >= forecast.earlyMs * 0.8 ? 'soon' : 'idle';
}

/** The words beside the bar. `roomy` adds that it is outdated, else the window of what is left to the median. */
export function countdownText(environment: Environment | Starting, roomy: boolean, options: CountdownOptions): Line {
  const {forecast, now} = options;
  const outdated: Line = roomy && options.outdated ? [span('  outdated', 'soon')] : [];
  if (environment.state === 'init') return startingText(environment, now);
  const {state, busySince, idleSince} = environment;
  if (state === 'invoke') {
    const busy = `busy ${busySince === undefined ? '' : took(Math.max(0, now - busySince))}`.trim();
    return [span(busy, 'invoke'), ...outdated];
  }
  if (!forecast || idleSince === undefined) return [span('unknown', 'muted')];
  const idle = now - idleSince;
  if (forecast.beyond) return [span(roomy ? 'later than anything seen' : 'overdue', 'late')];
  const words = [span(`in ${left(forecast.medianMs - idle)}`, tone(forecast, idle))];
  if (!roomy || outdated.length > 0) return [...words, ...outdated];
  return [...words, span(`  ${windowLeft(forecast.earlyMs - idle, forecast.lateMs - idle)}`, 'muted')];
}

/** Lambda allows an init this long; a stream that has had no INVOKE by then was started ahead of demand. */
const initMayTakeMs = 10_000;

function startingText({startedAt, invokedAt}: Starting, now: number): Line {
  if (invokedAt !== undefined) return [span('no event yet', 'invoke')];
  const ms = Math.max(0, now - startedAt);
  return ms < initMayTakeMs ? [span(`init ${took(ms)}…`, 'init')] : [span('no INVOKE yet', 'init')];
}

/** Bar and words in `width` cells; what became of one that has ended takes the room of both. */
export function countdown(
  environment: Environment | Starting,
  cells: {bar: number; words: number; gap: number},
  roomy: boolean,
  options: CountdownOptions,
): Line {
  const gap = ' '.repeat(cells.gap);
  if (environment.state === 'reset' || environment.state === 'gone') {
    const room = cells.bar + cells.gap + cells.words;
    const text =
      environment.state === 'gone' ? goneText(environment, options, room) : resetText(environment, options, room);
    return fitLine(text, room);
  }
  return [
    ...countdownBar(environment, cells.bar, options),
    span(gap),
    ...fitLine(countdownText(environment, roomy, options), cells.words),
  ];
}

/** What has probably become of one that was reset, as far as the session knows; `now` on AWS's clock, epoch ms. */
export const becameOf = (environment: Environment, {functionChanges, expectation}: SessionState, now: number): string =>
  sinceReset(environment, {functionChanges, lateMs: expectation?.lateMs, now});

/**
 * `spindown after 6m 01s`, and how its forecast did, else when that was and what asked for it; in `room` cells as much
 * as fits of that.
 */
export function goneText(
  {shutdown}: Environment,
  {score, asked}: Pick<CountdownOptions, 'score' | 'asked'>,
  room: number,
): Line {
  if (!shutdown) return [];
  const {idleMs, at} = shutdown;
  const reason = safeLine(shutdown.reason);
  const idle = idleMs === undefined ? '' : age(Math.round(idleMs / 1_000) * 1_000);
  const words = span(`${reason}${idle === '' ? '' : ` after ${idle}`}`, 'gone');
  const shortWords = span(`${reason} ${idle}`.trimEnd(), 'gone');
  const mark = score ? scoreMark(score) : [];
  const glyph = mark.map(({text, tone: of}) => span(` ${text.slice(0, 1)}`, of));
  const when = span(`at ${clockTime(at)}`, 'muted');
  const force: Line = asked ? [span(asked, 'soon'), span(' ')] : [];
  const forms: Line[] = [
    [words, span('  '), ...(score && mark.length > 0 ? scoreInBrief(score) : [...force, when])],
    ...(mark.length > 0 ? [[words, span(' '), ...mark]] : []),
    ...(asked
      ? [
          [words, span('  '), ...force],
          [shortWords, span(' '), ...force],
        ]
      : []),
    [words, ...glyph],
    [shortWords, ...glyph],
  ];
  return forms.find(form => lineWidth(form) <= room) ?? [shortWords];
}

/** `timeout at 12:04:31, may serve again`: whether it does, nobody is told. In `room` cells as much as fits of that. */
function resetText({shutdown}: Environment, {became}: CountdownOptions, room: number): Line {
  if (!shutdown) return [];
  const reason = span(safeLine(shutdown.reason), 'gone');
  const words = span(became === undefined ? '' : `, ${became}`, 'muted');
  const forms: Line[] = [
    [reason, span(` at ${clockTime(shutdown.at)}`, 'muted'), words],
    [reason, words],
  ];
  return forms.find(form => lineWidth(form) <= room) ?? [reason];
}

/** `9–13 s`, or `3–5 min` where seconds would be false precision. */
function windowLeft(fromMs: number, toMs: number): string {
  const from = Math.max(0, fromMs);
  const to = Math.max(0, toMs);
  return to < 120_000
    ? `${Math.floor(from / 1_000)}–${Math.ceil(to / 1_000)} s`
    : `${Math.floor(from / 60_000)}–${Math.ceil(to / 60_000)} min`;
}
