import {withStep} from '../aws/api-call.ts';
import type {StackNames} from '../aws/names.ts';
import type {Context, ResourceState} from './context.ts';
import {explainFailure} from './explain.ts';
import {withPatienceToLook} from './patience.ts';
import type {Inspection, ResourceNode} from './resource-node.ts';

export type Inspected = {node: ResourceNode; inspection: Inspection};

/** Looks at all of them at once. Reads only. Throws a Problem when one cannot be looked at, after all have ended. */
export async function inspectAll(context: Context, nodes: readonly ResourceNode[]): Promise<Inspected[]> {
  const look = async (node: ResourceNode): Promise<Inspected> => {
    try {
      const inspect = () => withPatienceToLook(context, () => node.inspect(context));
      return {node, inspection: await withStep(node.id, inspect, context.signal)};
    } catch (error) {
      context.signal?.throwIfAborted();
      const what = `${node.title} ${node.name(context.names)} cannot be looked at`;
      throw explainFailure(error, what, context.target.profile);
    }
  };
  const looks = nodes.map(look);
  await Promise.allSettled(looks);
  return Promise.all(looks);
}

/** An inspection as it is shown. What is not ours has its owner as the drift. */
export function resourceState({node, inspection}: Inspected, names: StackNames): ResourceState {
  const base = {id: node.id, title: node.title, name: node.name(names), state: inspection.state};
  if (inspection.state === 'foreign') return {...base, drift: inspection.owner};
  return inspection.state === 'present' && inspection.drift !== undefined ? {...base, drift: inspection.drift} : base;
}
