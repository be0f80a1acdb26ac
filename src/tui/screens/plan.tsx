import {padCells} from '../../text/cells.ts';
import type {Overlay as OverlayState} from '../state/app-state.ts';
import {type Firing, firingWords} from '../state/requests/firing.ts';
import {isThrottled, type Plan, type PlanField, planFields, planLimits, readPlan} from '../state/requests/plan.ts';
import type {Line} from '../ui/line.ts';
import {span} from '../ui/line.ts';
import {Overlay} from '../ui/overlay.tsx';

type PlanOverlayState = Extract<OverlayState, {kind: 'plan'}>;
const wide = 78;

type Props = {overlay: PlanOverlayState; firing: Firing | undefined; size: {columns: number; rows: number}};

/** How many requests, how many at once, how fast, and by which way; or what goes on, with the way to stop it. */
export function PlanOverlay({overlay, firing, size}: Props) {
  const {plan, errors} = overlay;
  const running = firing !== undefined && !firing.stopping;
  const narrow = size.columns < wide;
  const rows: Line[] = [
    [],
    ...planFields.map(field => fieldRow(field, overlay, narrow)),
    [],
    planWords(plan, errors !== undefined && Object.keys(errors).length > 0, narrow),
    ...throttleWords(plan),
    ...(running ? [[span('  Running: ', 'muted'), span(firingWords(firing), 'init')]] : []),
    [],
  ];
  return (
    <Overlay
      title="Plan of requests"
      right={[span('tab ↑ ↓', 'key'), span(' field  '), span('esc', 'key'), span(' leaves')]}
      hint={[span('↵', 'key'), span(running ? ' stops what is running' : ' starts')]}
      rows={rows}
      width={wide}
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

function fieldRow(field: PlanField, {plan, field: current, errors}: PlanOverlayState, narrow: boolean): Line {
  const chosen = field === current;
  const error = errors?.[field];
  return [
    span(chosen ? '  ▸ ' : '    ', 'accent'),
    span(padCells(labels[field], 17), chosen ? 'strong' : 'plain'),
    ...(field === 'via' ? viaChoice(plan.via) : typed(plan[field], chosen)),
    span('  '),
    error === undefined
      ? span(narrow ? shortHint(field, plan) : hint(field, plan), 'muted')
      : span(`✕ ${error}`, 'error'),
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
      return `up to ${perSecond}${via === 'api' ? ' (API’s limit)' : ''}; empty: full speed`;
    case 'via':
      return via === 'api' ? 'API Gateway and authorizer' : 'Lambda directly, signed';
  }
}

/** The same where half of the room is left. */
function shortHint(field: PlanField, plan: Plan): string {
  const {perSecond, burst} = planLimits.of(plan.via);
  switch (field) {
    case 'concurrency':
      return `1 to ${burst}`;
    case 'rate':
      return `up to ${perSecond}, or empty`;
    case 'via':
      return plan.via === 'api' ? 'API, authorizer' : 'Lambda, signed';
    default:
      return hint(field, plan);
  }
}

function throttleWords(plan: Plan): Line[] {
  const read = readPlan(plan);
  if ('errors' in read || !isThrottled(read.request)) return [];
  return [[span('  Faster than the API takes: some will be answered 429.', 'soon')]];
}

/** What to expect, where the figures allow it. */
function planWords({concurrency, sleepMs, rate}: Plan, wrong: boolean, narrow: boolean): Line {
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
    span(`: ${reason}${narrow || rate === '' ? '' : ', and the time of each answer'}.`, 'muted'),
  ];
}
