import type {AppState, ProgressState, StepRow} from '../state/app-state.ts';
import {bar} from '../ui/bar.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {count, took} from './clock.ts';
import {safeLine} from './safe-line.ts';
import {spinnerAt, statusWidth, stepRow, timelineSpan} from './step-row.ts';
import {timeLeft} from './time-left.ts';
import {wrapWords} from './wrap-words.ts';

type Room = {width: number; height: number; compact: boolean};

/** The steps with their timelines, what came of them, and how far it all is; at most `height` rows. */
export function progressRows(state: AppState, progress: ProgressState, room: Room): Line[] {
  const {steps, startedAt, endedAt} = progress;
  const {width, height, compact} = room;
  const ms = Math.max(0, (endedAt ?? state.now) - startedAt);
  const spanMs = timelineSpan(Math.max(ms, ...steps.map(step => (step.endedAt ?? startedAt) - startedAt)));
  const before = compact ? [] : heading(spanMs);
  const going = beside(progress, state.now);
  const total = totals(progress, state.now, width, compact);
  const outcome = [...(steps.length > 0 ? going : []), ...outcomeRows(state, progress, room), total];
  const roomy = before.length + steps.length + outcome.length < height;
  const after = roomy ? [[], ...outcome] : outcome;
  const options = {progress, now: state.now, spanMs, width, compact};
  const drawn = folded(steps, Math.max(1, height - before.length - after.length));
  return [
    ...before,
    ...(steps.length > 0 ? [] : going),
    ...drawn.map(one => (typeof one === 'string' ? [span(`   ${one}`, 'muted')] : stepRow(one, options))),
    ...after,
  ].slice(0, height);
}

function heading(spanMs: number): Line[] {
  const scale = `TIMELINE (0 – ${spanMs / 1_000} s)`;
  const columns = `${'     STEP'.padEnd(25)}${'RESOURCE'.padEnd(32)}${'STATUS'.padEnd(statusWidth(false))}${'TIME'.padStart(8)}`;
  return [[], [span(`${columns}  ${scale}`, 'muted')], []];
}

/** What the strokes of the timelines mean, where they mean anything. */
export const timelineLegend = ({steps}: ProgressState): Line =>
  steps.some(({critical}) => critical) ? [span('━ critical path  ─ beside it', 'muted')] : [];

/** What goes on before the first step and after the last. */
function beside({steps, problem, note, endedAt}: ProgressState, now: number): Line[] {
  if (problem || endedAt !== undefined) return [];
  const words = note ?? (steps.length === 0 ? 'looking what exists' : undefined);
  return words === undefined ? [] : [[span(`   ${spinnerAt(now)} `, 'init'), span(`${safeLine(words)} …`, 'muted')]];
}

/** Where there is no room for every step: those that are done in one row, then those that wait in another. */
function folded(steps: readonly StepRow[], room: number): (StepRow | string)[] {
  if (steps.length <= room) return [...steps];
  const done = steps.filter(({status}) => status === 'done' || status === 'skipped');
  const others = steps.filter(({status}) => status !== 'done' && status !== 'skipped');
  if (others.length + 1 <= room) return [`✓ ${done.length} done`, ...others];
  const waiting = others.filter(({status}) => status === 'waiting');
  const busy = others.filter(({status}) => status !== 'waiting');
  const rows = [...(done.length > 0 ? [`✓ ${done.length} done`] : []), ...busy, `○ ${waiting.length} waiting`];
  return rows.slice(0, room);
}

function outcomeRows(state: AppState, progress: ProgressState, {width, compact}: Room): Line[] {
  const {problem, phase, kept} = progress;
  const keptRow: Line[] = kept
    ? [[span('   ✓ ', 'ok'), span(`${count(kept.items)} events kept in ${safeLine(kept.file)}`)]]
    : [];
  if (!problem) return [...keptRow, ...endRows(state, progress, width)];
  const {title, details, solution, next} = problem;
  const wrapped = (text: string | undefined, most: number): Line[] =>
    text === undefined ? [] : wrapWords(text, width - 8, most).map((line): Line => [span(`     ${line}`)]);
  return [
    ...keptRow,
    [span(`   ✕ ${title}`, phase === 'stopped' ? 'soon' : 'error')],
    ...wrapped(details, compact ? 1 : 3),
    ...wrapped(solution, compact ? 1 : 2),
    ...(next === undefined ? [] : [[span('     Next: ', 'muted'), span(next, 'strong')]]),
    ...thereNow(state, progress),
  ];
}

function endRows(state: AppState, progress: ProgressState, width: number): Line[] {
  if (progress.phase === 'stopped') {
    return [[span('   – Stopped. What exists stays.', 'soon')], ...thereNow(state, progress)];
  }
  if (progress.phase === 'failed') return thereNow(state, progress);
  return progress.phase === 'done' && progress.result ? criticalRows(progress, progress.result, width) : [];
}

/** Which resources there are after it has failed or been stopped, as soon as somebody has looked. */
function thereNow({menu}: AppState, {key, endedAt}: ProgressState): Line[] {
  if (endedAt === undefined) return [];
  const check = menu.targets.find(row => row.key === key)?.check;
  if (check?.state === 'checking') return [[span('     ◌ looking what exists now …', 'init')]];
  if (check?.state !== 'known') return [];
  const {resources} = check.status;
  const present = resources.filter(({state}) => state === 'present');
  const names = present.map(({id}) => id).join(' ');
  const words = present.length === 0 ? 'nothing' : `${present.length} of ${resources.length}: ${names}`;
  return [[span('     There now: ', 'muted'), span(words)]];
}

/** The steps that decided how long it took, and what they waited for. */
function criticalRows({steps}: ProgressState, result: NonNullable<ProgressState['result']>, width: number): Line[] {
  const {timeline, criticalPathMs} = result;
  const titles = new Map<string, string>(steps.map(({id, title}) => [id, title]));
  const path = timeline.filter(({critical}) => critical);
  if (path.length === 0) return [];
  const ways = path.map(({id, ms}) => `${titles.get(id) ?? 'look'} ${took(ms)}`).join(' → ');
  const waits = path.flatMap(row => row.waits).map(({what, ms}) => `${what} ${took(ms)}`);
  const text = `Critical path ${took(criticalPathMs)}: ${ways}`;
  return [
    ...wrapWords(safeLine(text), width - 6, 2).map((line): Line => [span(`   ${line}`)]),
    ...(waits.length === 0 ? [] : [[span(`   Waited for ${safeLine(waits.join(' · '))}`, 'muted')]]),
  ];
}

/** How many are done, how long it has taken, and what is left where that is known. */
function totals(progress: ProgressState, now: number, width: number, compact: boolean): Line {
  const {steps, startedAt, endedAt, phase} = progress;
  const ms = Math.max(0, (endedAt ?? now) - startedAt);
  // One that was never begun has not been dealt with, and has no time.
  const ended = steps.filter(one => one.status === 'done' || (one.status === 'skipped' && one.ms !== undefined)).length;
  const left = phase === 'running' ? timeLeft(progress, now) : undefined;
  const counts = steps.length === 0 ? [] : [`${ended} of ${steps.length}`];
  const words = `  ${[...counts, took(ms), ...(left === undefined ? [] : [left])].join(' · ')}`;
  const indent = compact ? 1 : 3;
  return [
    span(' '.repeat(indent)),
    ...bar(
      steps.length === 0 ? 0 : ended / steps.length,
      Math.max(10, width - indent - Math.max(26, words.length + 1)),
    ),
    span(words),
  ];
}
