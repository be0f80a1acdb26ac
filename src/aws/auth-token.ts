import {GetFunctionCommand} from '@aws-sdk/client-lambda';
import type {Clients} from './clients.ts';
import {orAbsent} from './errors.ts';
import type {StackNames} from './names.ts';
import {ownership} from './ownership.ts';

/**
 * The token that callers of this stack's API must send, from the authorizer's environment, the only place where it is kept;
 * `undefined` when the API is open or not there. SDK errors are passed on.
 */
export async function readAuthToken(
  lambda: Clients['lambda'],
  {authorizer, stack}: Pick<StackNames, 'authorizer' | 'stack'>,
): Promise<string | undefined> {
  const live = await orAbsent(lambda.send(new GetFunctionCommand({FunctionName: authorizer})));
  if (!ownership(live?.Tags, stack).ours) return undefined;
  return live?.Configuration?.Environment?.Variables?.LIFECYCLE_AUTH_TOKEN || undefined;
}
