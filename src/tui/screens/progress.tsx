import {Box} from 'ink';
import type {ApiMessage} from '../../lifecycle/message.ts';
import {apiRow} from '../presentation/api-row.ts';
import {clockTime, took} from '../presentation/clock.ts';
import {replayWords} from '../presentation/replay-words.ts';
import {safeLine} from '../presentation/safe-line.ts';
import {spinnerAt, stepRow} from '../presentation/step-row.ts';
import type {AppState, ProgressState} from '../state/app-state.ts';
import {bar} from '../ui/bar.ts';
import {framed} from '../ui/border.ts';
import {header} from '../ui/header.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Lines} from '../ui/lines.tsx';
import {viewport} from '../ui/viewport.ts';

type Props = {state: AppState; progress: ProgressState; size: {columns: number; rows: number}};

/** A deployment or teardown as it runs: each step with its time, and every API call below. */
export function Progress({state, progress, size}: Props) {
  const {columns} = size;
  const compact = columns < 110 || size.rows < 30;
  const where = safeLine(`${progress.label}${progress.region ? ` · ${progress.region}` : ''}`);
  const top = header(
    'lifecycle-tui',
    [[span(progress.kind)]],
    [[span(clockTime(state.now), 'muted')], ...(state.replay ? [replayWords(state.replay)] : []), [span(where)]],
    columns,
  );
  const rows = stepRows(state, progress, columns - 2, compact);
  const height = size.rows - 2;
  const stepsHeight = Math.min(Math.max(rows.length + 2, compact ? 11 : 16), height - 4);
  const steps = framed({
    width: columns,
    height: stepsHeight,
    title: `${progress.kind === 'deploy' ? 'Deploy' : 'Tear down'} stack ${safeLine(state.stackName)}`,
    right: phase(progress, state.now),
    focused: true,
    rows,
  });
  const callRows = height - stepsHeight - 2;
  const list = {items: progress.api, keyOf: (call: ApiMessage) => call.at, newestAt: 'bottom'} as const;
  const shown = viewport(list, progress.view, callRows);
  const calls = framed({
    width: columns,
    height: height - stepsHeight,
    title: 'API calls',
    right: [
      span(`${progress.api.length}`, 'muted'),
      span(progress.view.follow ? ' · ▼ follow' : ` · ${shown.below} below`, 'muted'),
    ],
    focused: false,
    rows: shown.items.map(call => apiRow(call, compact)),
  });
  return (
    <Box flexDirection="column">
      <Lines lines={[top, ...steps, ...calls]} />
    </Box>
  );
}

function phase({phase: now, startedAt, endedAt}: ProgressState, at: number): Line {
  const time = took((endedAt ?? at) - startedAt);
  switch (now) {
    case 'starting':
    case 'running':
      return [span(`${spinnerAt(at)} running`, 'init')];
    case 'stopping':
      return [span(`${spinnerAt(at)} stopping after the calls in flight`, 'soon')];
    case 'done':
      return [span(`✓ done in ${time}`, 'ok')];
    case 'failed':
      return [span(`✕ failed after ${time}`, 'error')];
    case 'stopped':
      return [span(`– stopped after ${time}`, 'soon')];
  }
}

function stepRows(state: AppState, progress: ProgressState, width: number, compact: boolean): Line[] {
  const {steps, startedAt, endedAt} = progress;
  const now = endedAt ?? state.now;
  const spanMs = Math.max(5_000, Math.ceil((now - startedAt) / 5_000) * 5_000);
  const options = {now: state.now, startedAt, spanMs, width, compact};
  const heading = `${'     STEP'.padEnd(25)}${'RESOURCE'.padEnd(32)}${'STATUS'.padEnd(20)}${'TIME'.padStart(8)}  TIMELINE (0 – ${spanMs / 1_000} s)`;
  const before: Line[] = compact ? [] : [[], [span(heading, 'muted')], []];
  const note: Line[] =
    steps.length === 0 && !progress.problem
      ? [[span(`   ${safeLine(progress.note ?? 'looking what exists')} …`, 'muted')]]
      : [];
  return [
    ...before,
    ...note,
    ...steps.map(step => stepRow(step, options)),
    [],
    ...problemRows(progress),
    totals(progress, now - startedAt, width, compact),
  ];
}

function problemRows({problem, phase: now}: ProgressState): Line[] {
  if (!problem)
    return now === 'stopped'
      ? [[span('   What exists stays and is listed in the menu. Enter goes there.', 'soon')]]
      : [];
  const {title, details, solution, next} = problem;
  return [
    [span(`   ${title}`, 'error')],
    ...(details ? [[span(`   ${details}`)]] : []),
    ...(solution ? [[span(`   ${solution}`)]] : []),
    ...(next ? [[span('   Next: ', 'muted'), span(next, 'strong')]] : []),
  ];
}

function totals({steps}: ProgressState, ms: number, width: number, compact: boolean): Line {
  const ended = steps.filter(({status}) => status === 'done' || status === 'skipped').length;
  const words = `  ${ended} of ${steps.length} · ${took(Math.max(0, ms))}`;
  const indent = compact ? 1 : 3;
  return [
    span(' '.repeat(indent)),
    ...bar(steps.length === 0 ? 0 : ended / steps.length, Math.max(10, width - indent - 26)),
    span(words),
  ];
}
