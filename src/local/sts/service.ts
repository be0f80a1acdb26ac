import {GetCallerIdentity$, type GetCallerIdentityCommandOutput} from '@aws-sdk/client-sts';
import type {RequestContext, SchemaService} from '../wire/service.ts';

/** STS, as far as asking who one is: everyone is the root of the account in their credentials. */
export function createSts(): SchemaService {
  return {kind: 'schema', scope: 'sts', protocol: 'awsQuery', operations: [[GetCallerIdentity$, callerIdentity]]};
}

function callerIdentity(_: unknown, {account}: RequestContext): Omit<GetCallerIdentityCommandOutput, '$metadata'> {
  return {Account: account, UserId: account, Arn: `arn:aws:iam::${account}:root`};
}
