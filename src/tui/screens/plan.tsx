import {padCells} from '../../text/cells.ts';
import type {Overlay as OverlayState} from '../state/app-state.ts';
import {type Firing, firingWords} from '../state/requests/firing.ts';
import {type Plan, type PlanField, planFields, planLimits} from '../state/requests/plan.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type PlanOverlayState = Extract<OverlayState, {kind: 'plan'}>;
type Props = {overlay: PlanOverlayState; firing: Firing | undefined; size: {columns: number; rows: number}};

/** How many requests, how many at once, how fast, and by which way; or what goes on, with the way to stop it. */
export function PlanOverlay({overlay, firing, size}: Props) {
  const {plan, errors} = overlay;
  const running = firing !== undefined && !firing.stopping;
  const rows: Line[] = [
    [],
    ...planFields.map(field => fieldRow(field, overlay)),
    [],
    planWords(plan, errors !== undefined && Object.keys(errors).length > 0),
    ...(running ? [[span('  Running: ', 'muted'), span(firingWords(firing), 'init')]] : []),
    [],
  ];
  return (
    <Overlay
      title="Plan of requests"
      right={[span('tab ↑ ↓', 'key'), span(' field  '), span('esc', 'key'), span(' leaves')]}
      hint={[span('↵', 'key'), span(running ? ' stops what is running' : ' starts')]}
      rows={rows}
      width={78}
      size={size}
    />
  );
}

const labels: Readonly<Record<PlanField, string>> = {
  count: 'requests',
  concurrency: 'at once',
  sleepMs: 'each sleeps, ms',
  rate: 'per second',
  via: 'via',
};

function fieldRow(field: PlanField, {plan, field: current, errors}: PlanOverlayState): Line {
  const chosen = field === current;
  const error = errors?.[field];
  return [
    span(chosen ? '  ▸ ' : '    ', 'accent'),
    span(padCells(labels[field], 17), chosen ? 'strong' : 'plain'),
    ...(field === 'via' ? viaChoice(plan.via) : typed(plan[field], chosen)),
    span('  '),
    error === undefined ? span(hint(field, plan), 'muted') : span(`✕ ${error}`, 'error'),
  ];
}

const typed = (text: string, chosen: boolean): Line => [
  span(text, chosen ? 'strong' : 'plain'),
  span(chosen ? '▏' : ' ', 'accent'),
  span(' '.repeat(Math.max(0, 10 - text.length))),
];

const viaChoice = (via: Plan['via']): Line => [
  span(via === 'api' ? '[API]' : ' API ', via === 'api' ? 'strong' : 'muted'),
  span(via === 'invoke' ? '[Invoke]' : ' Invoke ', via === 'invoke' ? 'strong' : 'muted'),
];

function hint(field: PlanField, {via}: Plan): string {
  const {perSecond, burst} = planLimits.of(via);
  switch (field) {
    case 'count':
      return `1 to ${planLimits.count}`;
    case 'concurrency':
      return `1 to ${burst}${via === 'api' ? ', the burst that the API takes' : ''}`;
    case 'sleepMs':
      return `0 to ${planLimits.sleepMs}`;
    case 'rate':
      return `up to ${perSecond}${via === 'api' ? ', where the API throttles' : ''}; empty: at full speed`;
    case 'via':
      return via === 'api' ? 'API Gateway and authorizer' : 'Lambda directly, signed';
  }
}

/** What to expect, where the figures allow it. */
function planWords({concurrency, sleepMs, rate}: Plan, wrong: boolean): Line {
  if (wrong) return [span('  Nothing is sent before the marked fields are right.', 'soon')];
  const needed = (Number(rate) * Number(sleepMs)) / 1_000;
  const environments =
    rate === '' ? Number(concurrency) : Math.min(Number(concurrency), Math.max(1, Math.ceil(needed)));
  if (!Number.isFinite(environments) || environments < 1) return [];
  const reason =
    rate === ''
      ? `${concurrency} at once`
      : `${rate}/s × ${Number(sleepMs) / 1_000} s = ${Number(needed.toFixed(1))} at once`;
  return [
    span('  Expect about ', 'muted'),
    span(`${environments} ${environments === 1 ? 'environment' : 'environments'}`),
    span(`: ${reason}, and the time of each answer.`, 'muted'),
  ];
}
