import type {StepId} from '../lifecycle/message.ts';
import type {Inspection} from './resource-node.ts';

/**
 * What each step takes where nothing is there yet, ms. Like all figures here the median of four runs against the embedded
 * AWS with `--behaviour aws`, whose delays are the middle of what was seen on AWS: good for an order and for "about 5 s".
 */
const making: Readonly<Record<StepId, number>> = {
  role: 630,
  table: 7_350,
  layer: 1_230,
  'logs-target': 280,
  'logs-authorizer': 280,
  target: 900,
  authorizer: 900,
  api: 3_700,
  permissions: 370,
  smoke: 200,
};

/** What the functions wait in addition for a role that is new: from its making on, whenever they begin. */
const rolePropagationMs = 7_250;
/** How long the smoke test waits for functions that were just made or changed. */
const settlingMs = {absent: 2_050, drift: 1_550};
const repairMs = 360;
/** What is as it should be costs a look only. */
const lookMs = 50;

/** Removing what is there, ms. An API has to wait for its turn, up to 30 s, where another was removed before it. */
export const removing: Readonly<Record<Exclude<StepId, 'permissions' | 'smoke'>, number>> = {
  role: 1_230,
  table: 7_400,
  layer: 320,
  'logs-target': 130,
  'logs-authorizer': 130,
  target: 680,
  authorizer: 570,
  api: 1_400,
};

/** Lambda flushes the last log lines some seconds after a function has gone: until then a teardown is not over. */
export const lateFlushMs = 15_000;

type Found = {id: StepId; inspection: Inspection};

/**
 * What the steps of a deployment will take, ms, by what was found. `propagation`: where the time in which a new role
 * becomes known is counted, with the functions that spend it or with the role that has to begin early for it.
 */
export function makingWhatIsMissing(
  found: readonly Found[],
  {smoke, propagation}: {smoke: boolean; propagation: 'functions' | 'role'},
): Map<StepId, number> {
  const conditionOf = (id: StepId) => condition(found.find(one => one.id === id)?.inspection);
  const functions = [conditionOf('target'), conditionOf('authorizer')];
  const roleIsNew = conditionOf('role') === 'absent';
  const propagates: readonly StepId[] = propagation === 'role' ? ['role'] : ['target', 'authorizer'];
  // A table that is made takes longer than the functions do, but for a new role.
  const settled = conditionOf('table') === 'absent' && !roleIsNew;
  const unsettled = (['absent', 'drift'] as const).find(one => functions.includes(one));
  const settling = settled || unsettled === undefined ? 0 : settlingMs[unsettled];
  const msOf = (id: StepId): number => {
    if (id === 'smoke') return smoke ? making.smoke + settling : settling;
    const own = {absent: making[id], drift: repairMs, present: lookMs}[conditionOf(id)];
    return roleIsNew && propagates.includes(id) ? own + rolePropagationMs : own;
  };
  return new Map(found.map(({id}) => [id, msOf(id)]));
}

function condition(inspection: Inspection = {state: 'absent'}): 'absent' | 'drift' | 'present' {
  if (inspection.state !== 'present') return 'absent';
  return inspection.drift === undefined ? 'present' : 'drift';
}
