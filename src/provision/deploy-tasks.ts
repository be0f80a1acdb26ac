import type {StepId} from '../lifecycle/message.ts';
import type {DeployOptions} from './context.ts';
import type {Inspected} from './inspect-all.ts';
import {deploySteps} from './nodes.ts';
import {makingWhatIsMissing} from './usual-durations.ts';

const nothing: readonly Inspected[] = deploySteps.map(node => ({node, inspection: {state: 'absent'}}));

/** The steps of a deployment with what they will take on AWS, ms; as long as nobody has looked, as if nothing were there. */
export function deployTasks(
  options: Pick<DeployOptions, 'smoke'>,
  found = nothing,
): {id: StepId; needs: readonly StepId[]; estimateMs: number}[] {
  const all = found.map(({node, inspection}) => ({id: node.id, inspection}));
  const expected = makingWhatIsMissing(all, options);
  return found.map(({node: {id, needs}}) => ({id, needs, estimateMs: expected.get(id)!}));
}
