import {type Clients, createClients} from '../../aws/clients.ts';
import {environmentKind} from '../../aws/credential-kind.ts';
import {type StackNames, stackNames} from '../../aws/names.ts';
import {listProfiles} from '../../aws/profiles.ts';
import {resolveTarget} from '../../aws/resolve-target.ts';
import type {Target} from '../../aws/target.ts';
import type {Emit} from '../../lifecycle/message.ts';
import {apiMessage} from './api-message.ts';

export type Connection = {target: Target; clients: Clients; names: StackNames};

/**
 * Resolves where a stack lives and makes the clients for it. Calls nothing yet.
 * `emit` hears of every attempt of every SDK call. Throws a `Problem` on a bad region or stack name.
 */
export async function connect(options: {
  stack: string;
  profile?: string;
  region?: string;
  endpointUrl?: string;
  emit?: Emit;
}): Promise<Connection> {
  const {stack, emit, ...choice} = options;
  const target = await resolveTarget(choice, process.env);
  const names = stackNames(stack, target.region);
  const clients = createClients(target, emit && {onCall: call => emit(apiMessage(call))});
  return {target, clients, names};
}

/** The profiles of the user's AWS configuration files, with their regions. */
export const profiles = listProfiles;

/** How the keys in this process's environment sign in. */
export const variableCredentials = () => environmentKind(process.env);
