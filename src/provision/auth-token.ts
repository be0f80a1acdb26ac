import {randomBytes} from 'node:crypto';
import {readAuthToken} from '../aws/auth-token.ts';
import type {Clients} from '../aws/clients.ts';
import type {StackNames} from '../aws/names.ts';

/**
 * The token callers of this stack must send: the one it has, else (asked for with `token`) a new one of 32 random bytes.
 * `open` does away with it; without a choice it stays as it is.
 */
export async function resolveAuthToken(
  {clients, names}: {clients: Pick<Clients, 'lambda'>; names: StackNames},
  auth: 'open' | 'token' | undefined,
): Promise<{token: string; isNew: boolean} | undefined> {
  if (auth === 'open') return undefined;
  const token = await readAuthToken(clients.lambda, names);
  if (token !== undefined) return {token, isNew: false};
  return auth === 'token' ? {token: randomBytes(32).toString('hex'), isNew: true} : undefined;
}
