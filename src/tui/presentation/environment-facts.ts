import type {Environment, IdleSource} from '../../lifecycle/environment.ts';
import type {Forecast} from '../../lifecycle/forecast.ts';
import {shownWindow} from '../../lifecycle/score.ts';
import type {SessionState} from '../../operate/session-state.ts';
import {padCells} from '../../text/cells.ts';
import type {Line} from '../ui/line.ts';
import {fitLine, span} from '../ui/line.ts';
import {age, clockTime, took} from './clock.ts';
import {missingWords} from './environment-notes.ts';
import {stateLooks} from './environment-row.ts';
import {sampleWords} from './forecast-words.ts';
import {safeLine} from './safe-line.ts';
import {minutesAndSeconds, scoreWords, windowWords} from './score-words.ts';
import {timeline, timelineAxis} from './timeline.ts';

type Context = {state: SessionState; now: number; width: number; local: boolean};

/** Who told since when an environment is idle. */
const sources: Record<IdleSource, string> = {
  report: 'by its REPORT line',
  response: 'by the response it gave',
  parked: 'by the extension, at most',
  timeout: 'by the function\u2019s timeout, at the latest',
};

const labelCells = 12;
const leastSpanMs = 30_000;
/** Cells from which two facts stand side by side. */
const sideBySide = 98;

/** What is known of one environment: facts, its whole life as a timeline, and what is expected, each row `width` cells. */
export function environmentFacts(environment: Environment, context: Context): Line[] {
  const {now, width} = context;
  const {startedAt, initStartedAt = startedAt, shutdown, functionName, logStream} = environment;
  const short = [stateFact(environment, now), ageFact(environment, now), initFact(environment), startFact(environment)];
  const end = shutdown ? Math.min(now, shutdown.at + 1_000) : now;
  const spanMs = Math.max(leastSpanMs, end - initStartedAt + 500);
  const cells = width - 6;
  return [
    ...paired(short, width),
    fact('log stream', logStream === undefined ? 'not known yet' : safeLine(logStream)),
    fact('function', safeLine(functionName)),
    ...(environment.missing > 0 ? [fact('missing', [span(missingWords(environment), 'soon')])] : []),
    fact('forecast', forecastWords(environment, context)),
    [],
    [span('   '), ...timeline(environment, end, spanMs, cells)],
    [span('   '), ...timelineAxis(end, spanMs, cells)],
  ];
}

function fact(label: string, words: string | Line): Line {
  return [span(`   ${label.padEnd(labelCells)}`, 'muted'), ...(typeof words === 'string' ? [span(words)] : words)];
}

function paired(facts: readonly Line[], width: number): Line[] {
  if (width < sideBySide) return [...facts];
  const half = Math.floor(width / 2);
  return Array.from({length: Math.ceil(facts.length / 2)}, (_, row) => [
    ...fitLine(facts[2 * row]!, half),
    ...(facts[2 * row + 1] ?? []),
  ]);
}

function stateFact(environment: Environment, now: number): Line {
  const {state, idleSince, idleSource, busySince, shutdown} = environment;
  const {glyph, word, tone} = stateLooks[state];
  const by = idleSource === undefined ? '' : `, ${sources[idleSource]}`;
  const since = {
    invoke: busySince === undefined ? '' : ` for ${took(Math.max(0, now - busySince))}`,
    idle: idleSince === undefined ? '' : ` since ${clockTime(idleSince)}${by}`,
    gone: shutdown ? `, ${safeLine(shutdown.reason)} at ${clockTime(shutdown.at)}` : '',
  };
  return fact('state', [span(`${glyph} ${word}`, tone), span(since[state])]);
}

function ageFact({startedAt, shutdown, invocations, generation}: Environment, now: number): Line {
  const lived = age((shutdown?.at ?? now) - startedAt);
  const runs = `${invocations} run${invocations === 1 ? '' : 's'}`;
  return fact('age', `${lived}, ${runs}, generation ${generation}${generation > 1 ? ' after a reset' : ''}`);
}

function initFact({initMs, initType, proactive}: Environment): Line {
  const ms = initMs === undefined ? 'not told yet' : took(initMs);
  return fact('init', `${ms}, ${safeLine(initType)}${proactive ? ', proactive: before it was needed' : ''}`);
}

function startFact({startedAt, initStartedAt}: Environment): Line {
  const init = initStartedAt === undefined ? '' : `, its init ${clockTime(initStartedAt, 3)}`;
  return fact('started', `${clockTime(startedAt, 3)}${init}`);
}

/** What is expected, or how that did, in a sentence. */
function forecastWords(environment: Environment, {state, now, local}: Context): Line {
  const {id, shutdown, idleSource} = environment;
  if (environment.state === 'invoke') return [span('none while it is busy', 'muted')];
  if (shutdown && environment.state === 'gone') {
    const {idleMs} = shutdown;
    const after = idleMs === undefined ? 'idle time not known' : `idle for ${age(Math.round(idleMs / 1_000) * 1_000)}`;
    const by = idleSource === undefined || idleMs === undefined ? '' : `, ${sources[idleSource]}`;
    const score = state.scores.byEnvironment.get(id);
    const verdict = score
      ? scoreWords(score)
      : [span('not scored: something asked for its end, or that is not known', 'muted')];
    return [span(`${after}${by}; `), ...verdict];
  }
  const forecast = state.forecasts.get(id);
  if (!forecast || environment.idleSince === undefined) return [span('unknown', 'muted')];
  return [span(idleForecast(forecast, environment.idleSince, now, local))];
}

function idleForecast(forecast: Forecast, idleSince: number, now: number, local: boolean): string {
  const sample = sampleWords(forecast, local);
  if (forecast.beyond) return `later than anything seen (${sample})`;
  const {earlyMs, lateMs} = shownWindow(forecast);
  const idle = minutesAndSeconds(now - idleSince);
  const median = clockTime(idleSince + forecast.medianMs);
  return `idle ${idle}; 8 of 10 go at ${windowWords({earlyMs, lateMs})} idle, half by ${median}; ${sample}`;
}

/** Its name in the border: all of it where there is room. */
export const environmentTitle = (id: string, width: number): string =>
  `Environment ${padCells(safeLine(id), Math.min(36, Math.max(6, width - 46))).trimEnd()}`;
