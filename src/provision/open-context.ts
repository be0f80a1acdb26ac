import {callerIdentity} from '../aws/identity.ts';
import type {Context, ProvisionRequest} from './context.ts';
import {withPatienceToLook} from './patience.ts';

/** Begins a run: asks who is calling (throws a Problem when nobody is) and knows nothing else yet. */
export async function openContext(request: Omit<ProvisionRequest, 'emit'>): Promise<Context> {
  const {target, clients, names, signal} = request;
  const run = {signal, reads: new Map()};
  const identity = await withPatienceToLook(run, () => callerIdentity(clients));
  return {target, clients, names, identity, made: {}, ...run};
}
