import {type Environment, type IdleSource, isLive} from '../../lifecycle/environment.ts';
import {goneUnseenFrom} from '../../lifecycle/forecast.ts';
import {shownWindow} from '../../lifecycle/score.ts';
import type {SessionState} from '../../operate/session/session-state.ts';
import type {Line} from '../ui/line.ts';
import {fitLine, lineWidth, span} from '../ui/line.ts';
import {type AskedEnd, askedEnd, changedSince} from './asked-end.ts';
import {age, clockTime, took} from './clock.ts';
import {becameOf} from './countdown.ts';
import {missingWords} from './environment-notes.ts';
import {stateLooks} from './environment-row.ts';
import {sampleWords} from './forecast-words.ts';
import {safeLine} from './safe-line.ts';
import {minutesAndSeconds, scoreWords, windowWords} from './score-words.ts';
import {timeline, timelineAxis} from './timeline.ts';
import {lifeSpan} from './timeline-span.ts';

type Context = {state: SessionState; now: number; width: number; local: boolean};

/** Who told since when an environment is idle. */
const sources: Record<IdleSource, string> = {
  report: 'by its REPORT line',
  response: 'by the response it gave',
  parked: 'by the extension, at most',
  timeout: 'by the function\u2019s timeout, at the latest',
};

const askedWords: Record<AskedEnd, string> = {
  forced: 'it was forced from here',
  replaced: 'the function was changed',
};

const labelCells = 12;
const factIndent = 3 + labelCells;
/** Cells from which two facts stand side by side. */
const sideBySide = 98;

/** Rows in order of the screen; those with the lowest worth are left out first where there is little room. */
type Fact = {worth: number; line: Line};

/**
 * What is known of one environment: facts, its whole life as a timeline, and what is expected; each row up to `width`
 * cells, `rows` of them at most.
 */
export function environmentFacts(environment: Environment, context: Context, rows: number): Line[] {
  const {now, width} = context;
  const {id, startedAt, initStartedAt = startedAt, shutdown, logStream} = environment;
  const forecast = packed(forecastWords(environment, context), width - factIndent);
  const facts = paired(
    [
      {worth: 9, line: stateFact(environment, now)},
      {worth: 7, line: ageFact(environment, now)},
      {worth: 6, line: initFact(environment)},
      {worth: 2, line: startFact(environment)},
    ],
    width,
  );
  const end = shutdown ? Math.min(now, shutdown.at + 1_000) : now;
  const cells = width - 6;
  const spanMs = lifeSpan(end - initStartedAt, cells);
  const all: Fact[] = [
    ...facts,
    ...outdatedFact(environment, context),
    {worth: 4, line: fact('id', safeLine(id))},
    {worth: 3, line: fact('log stream', logStream === undefined ? 'not known yet' : safeLine(logStream))},
    ...(environment.missing > 0 ? [{worth: 7, line: fact('missing', [span(missingWords(environment), 'soon')])}] : []),
    ...forecast.map((line, index) => ({worth: 8 - 3 * index, line: fact(index === 0 ? 'forecast' : '', line)})),
    {worth: 0, line: []},
    {worth: 8, line: [span('   '), ...timeline(environment, end, spanMs, cells)]},
    {worth: 1, line: [span('   '), ...timelineAxis(end, spanMs, cells)]},
  ];
  const least = all.map(({worth}) => worth).sort((a, b) => b - a)[rows - 1] ?? 0;
  return all.filter(({worth}) => worth >= least).map(({line}) => line);
}

/** Statements on as few rows of `width` cells as hold them whole, `;` between those on one row. */
function packed(statements: readonly Line[], width: number): Line[] {
  const rows: Line[] = [];
  for (const statement of statements) {
    const last = rows.at(-1);
    if (last && lineWidth(last) + 2 + lineWidth(statement) <= width)
      rows[rows.length - 1] = [...last, span('; '), ...statement];
    else rows.push(statement);
  }
  return rows;
}

function fact(label: string, words: string | Line): Line {
  return [span(`   ${label.padEnd(labelCells)}`, 'muted'), ...(typeof words === 'string' ? [span(words)] : words)];
}

function paired(facts: readonly Fact[], width: number): readonly Fact[] {
  if (width < sideBySide) return facts;
  const half = Math.floor(width / 2);
  return Array.from({length: Math.ceil(facts.length / 2)}, (_, row) => {
    const [left, right] = [facts[2 * row]!, facts[2 * row + 1]];
    return {worth: left.worth, line: [...fitLine(left.line, half), ...(right?.line ?? [])]};
  });
}

function stateFact(environment: Environment, now: number): Line {
  const {state, idleSince, idleSource, busySince, shutdown} = environment;
  const {glyph, word, tone} = stateLooks[state];
  const by = idleSource === undefined ? '' : `, ${sources[idleSource]}`;
  const since = {
    invoke: busySince === undefined ? '' : ` for ${took(Math.max(0, now - busySince))}`,
    idle: idleSince === undefined ? '' : ` since ${clockTime(idleSince)}${by}`,
    reset: shutdown ? `, ${safeLine(shutdown.reason)} at ${clockTime(shutdown.at)}` : '',
    gone: shutdown ? `, ${safeLine(shutdown.reason)} at ${clockTime(shutdown.at)}` : '',
  };
  return fact('state', [span(`${glyph} ${word}`, tone), span(since[state])]);
}

/** Of one that lives. */
function outdatedFact(environment: Environment, {state, now}: Context): Fact[] {
  const changedAt = changedSince(environment, state.functionChanges, now);
  if (!isLive(environment) || changedAt === undefined) return [];
  return [{worth: 7, line: fact('outdated', [span(`the function was changed at ${clockTime(changedAt)}`, 'soon')])}];
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

/** What is expected, or how that did, and what that rests on: one statement each. */
function forecastWords(environment: Environment, {state, now, local}: Context): Line[] {
  const {id, shutdown, idleSince, idleSource} = environment;
  if (environment.state === 'invoke') return [[span('none while it is busy', 'muted')]];
  if (environment.state === 'reset') {
    return [
      [span(`none: ${becameOf(environment, state, now)}`)],
      [span('nothing tells when Lambda drops it', 'muted')],
    ];
  }
  if (shutdown && environment.state === 'gone') {
    const {idleMs} = shutdown;
    const after = idleMs === undefined ? 'not known how long idle' : `idle for ${minutesAndSeconds(idleMs)}`;
    const by = idleSource === undefined || idleMs === undefined ? '' : `, ${sources[idleSource]}`;
    const score = state.scores.byEnvironment.get(id);
    const asked = askedEnd({...environment, at: shutdown.at}, state);
    const unscored = [span(`not scored: ${asked ? askedWords[asked] : 'not known to have gone by itself'}`, 'muted')];
    return [[span(`${after}${by}`)], score ? scoreWords(score) : unscored];
  }
  const forecast = state.forecasts.get(id);
  if (!forecast || idleSince === undefined) return [[span('unknown', 'muted')]];
  const sample = [span(sampleWords(forecast, local), 'muted')];
  if (forecast.beyond) {
    const unseen = now - idleSince > forecast.lateMs * goneUnseenFrom ? ', its SHUTDOWN was perhaps missed' : '';
    return [[span(`later than anything seen${unseen}`, 'late')], sample];
  }
  return [
    [span(`idle ${minutesAndSeconds(now - idleSince)}`)],
    [span(`8 of 10 go at ${windowWords(shownWindow(forecast))}`)],
    sample,
    [span(`half by ${clockTime(idleSince + forecast.medianMs)}`)],
  ];
}
