import {callerIdentity} from '../../aws/identity.ts';
import {policyForOperator} from '../../provision/operator-policy.ts';
import type {CommandContext} from '../command-context.ts';
import {withConnection} from '../with-connection.ts';

/** Prints the minimal IAM policy for running this stack, account, region and names filled in. Calls STS only. */
export async function run(context: CommandContext): Promise<number> {
  const {output} = context;
  return await withConnection(context, async ({clients, names}) => {
    const policy = policyForOperator({identity: await callerIdentity(clients), names});
    for (const line of JSON.stringify(policy, undefined, 2).split('\n')) output.line(line);
    output.result({ok: true, policy});
    return 0;
  });
}
