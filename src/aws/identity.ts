import {ListAccountAliasesCommand} from '@aws-sdk/client-iam';
import {GetCallerIdentityCommand} from '@aws-sdk/client-sts';
import type {Clients} from './clients.ts';
import {classifyError} from './errors.ts';
import {explainError} from './explain.ts';
import {Problem} from './problem.ts';

/** Who is calling. `partition` is the second part of every ARN: `aws`, `aws-cn`, `aws-us-gov`. */
export type Identity = {account: string; arn: string; partition: string};

/**
 * Asks STS who is calling. Throws a Problem: `no-credentials` when there are none, they expired or are refused;
 * `failed` when no answer came.
 */
export async function callerIdentity(clients: Clients): Promise<Identity> {
  try {
    const {Account: account, Arn: arn} = await clients.sts.send(new GetCallerIdentityCommand({}));
    if (!account || !arn) throw new Problem('failed', 'STS did not say which account this is');
    return {account, arn, partition: arn.split(':')[1] || 'aws'};
  } catch (error) {
    throw explainError(error, 'STS could not be asked which account this is', clients.sts.config.profile);
  }
}

/** The account's alias; `undefined` when it has none or the caller may not ask. */
export async function accountAlias(clients: Pick<Clients, 'iam'>): Promise<string | undefined> {
  try {
    return (await clients.iam.send(new ListAccountAliasesCommand({}))).AccountAliases?.[0];
  } catch (error) {
    if (classifyError(error) === 'denied') return undefined;
    throw explainError(error, 'IAM could not be asked for the account alias');
  }
}
