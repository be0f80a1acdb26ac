import {callerIdentity} from '../aws/identity.ts';
import type {Context, ProvisionRequest} from './context.ts';

/** Begins a run: asks who is calling (throws a Problem when nobody is) and knows nothing else yet. */
export async function openContext(request: Omit<ProvisionRequest, 'emit'>): Promise<Context> {
  const {target, clients, names, signal} = request;
  return {target, clients, names, signal, identity: await callerIdentity(clients), reads: new Map(), made: {}};
}
