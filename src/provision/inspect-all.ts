import type {StackNames} from '../aws/names.ts';
import {withStep} from '../aws/step-scope.ts';
import type {Context, ResourceState, Run} from './context.ts';
import {explainFailure} from './explain.ts';
import {openContext} from './open-context.ts';
import {withPatienceToLook} from './patience.ts';
import type {Inspection, ResourceNode} from './resource-node.ts';

export type Inspected = {node: ResourceNode; inspection: Inspection};

/**
 * Asks who is calling and looks at all of them at once: in two rounds of calls, the second for what only the answers of the
 * first lead to. Reads only. Throws a Problem when nobody is signed in or one cannot be looked at, after all have ended.
 */
export async function inspectAll(
  run: Run,
  nodes: readonly ResourceNode[],
): Promise<{context: Context; found: Inspected[]}> {
  const opening = openContext(run);
  const look = async (node: ResourceNode): Promise<Inspected> => {
    try {
      const inspect = async () => {
        const [context] = await Promise.all([opening, node.read(run)]);
        return node.inspect(context);
      };
      return {
        node,
        inspection: await withStep({id: node.id, signal: run.signal}, () => withPatienceToLook(run, inspect)),
      };
    } catch (error) {
      run.signal?.throwIfAborted();
      const what = `${node.title} ${node.name(run.names)} cannot be looked at`;
      throw explainFailure(error, what, run.target.profile);
    }
  };
  const looks = nodes.map(look);
  await Promise.allSettled([opening, ...looks]);
  return {context: await opening, found: await Promise.all(looks)};
}

/** An inspection as it is shown. What is not ours has its owner as the drift. */
export function resourceState({node, inspection}: Inspected, names: StackNames): ResourceState {
  const base = {id: node.id, title: node.title, name: node.name(names), state: inspection.state};
  if (inspection.state === 'foreign') return {...base, drift: inspection.owner};
  return inspection.state === 'present' && inspection.drift !== undefined ? {...base, drift: inspection.drift} : base;
}
