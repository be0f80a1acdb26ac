import type {StepId} from '../lifecycle/message.ts';
import type {DeployOptions} from './context.ts';
import type {Inspected} from './inspect-all.ts';
import {deploySteps} from './nodes.ts';
import {makingWhatIsMissing} from './usual-durations.ts';

const nothing: readonly Inspected[] = deploySteps.map(node => ({node, inspection: {state: 'absent'}}));

/**
 * The steps of a deployment with what they will take on AWS, ms; as long as nobody has looked, as if nothing were there. The
 * order goes by `estimateMs`, which is for what holds the others up; `expectedMs` is how long the step itself will run.
 */
export function deployTasks(
  {smoke}: Pick<DeployOptions, 'smoke'>,
  found = nothing,
): {id: StepId; needs: readonly StepId[]; estimateMs: number; expectedMs: number}[] {
  const all = found.map(({node, inspection}) => ({id: node.id, inspection}));
  const estimates = makingWhatIsMissing(all, {smoke, propagation: 'role'});
  const expected = makingWhatIsMissing(all, {smoke, propagation: 'functions'});
  return found.map(({node: {id, needs}}) => ({
    ...{id, needs},
    estimateMs: estimates.get(id)!,
    expectedMs: expected.get(id)!,
  }));
}
