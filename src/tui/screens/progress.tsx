import {Box} from 'ink';
import {apiRow} from '../presentation/api-row.ts';
import {clockTime, took} from '../presentation/clock.ts';
import {progressRows, timelineLegend} from '../presentation/progress-rows.ts';
import {replayWords} from '../presentation/replay-words.ts';
import {safeLine} from '../presentation/safe-line.ts';
import {spinnerAt} from '../presentation/step-row.ts';
import type {AppState, ProgressState} from '../state/app-state.ts';
import {callList} from '../state/overlays/api-calls.ts';
import {progressLayout} from '../state/progress/progress-layout.ts';
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
  const layout = progressLayout(progress, size);
  const where = safeLine(`${progress.label}${progress.region ? ` · ${progress.region}` : ''}`);
  const top = header(
    'lifecycle-tui',
    [[span(progress.kind)]],
    [[span(clockTime(state.now), 'muted')], ...(state.replay ? [replayWords(state.replay)] : []), [span(where)]],
    columns,
  );
  const steps = framed({
    width: columns,
    height: layout.steps,
    title: `${progress.kind === 'deploy' ? 'Deploy' : 'Tear down'} stack ${safeLine(state.stackName)}`,
    right: phase(progress, state.now),
    hint: timelineLegend(progress),
    focused: true,
    rows: progressRows(state, progress, {width: columns - 2, height: layout.steps - 2, compact: layout.compact}),
  });
  const {follow} = progress.view;
  const shown = viewport(callList(progress.api), progress.view, layout.calls);
  const calls = framed({
    width: columns,
    height: layout.calls + 2,
    title: 'API calls',
    right: [
      span(`${progress.api.length}`, 'muted'),
      span(follow ? ' · ▼ follow' : ` · ${shown.below} below · f follows`, 'muted'),
    ],
    focused: false,
    rows: shown.items.map((call, index) => apiRow(call, {compact: layout.compact, current: index === shown.current})),
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
