import {callerIdentity} from '../aws/identity.ts';
import type {Context, ProvisionRequest, Run} from './context.ts';
import {withPatienceToLook} from './patience.ts';

/** Begins a run that knows nothing yet. */
export function beginRun({target, clients, names, signal, assets}: Omit<ProvisionRequest, 'emit'>): Run {
  return {
    target,
    clients,
    names,
    signal,
    made: {},
    roleRefusals: {target: 0, authorizer: 0},
    reads: new Map(),
    ...(assets && {assets}),
  };
}

/** Asks who is calling. Throws a Problem when nobody is. */
export async function openContext(run: Run): Promise<Context> {
  return {...run, identity: await withPatienceToLook(run, () => callerIdentity(run.clients))};
}
