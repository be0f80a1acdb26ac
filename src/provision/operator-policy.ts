import {operatorPolicy} from '../assets/operator-policy.ts';
import type {Identity} from '../aws/identity.ts';
import type {StackNames} from '../aws/names.ts';
import {basicExecutionArn, functionArn, layerArn, logGroupArn, roleArn, tableArn} from './arns.ts';

/** The IAM policy that lets somebody deploy, watch and tear down this one stack. */
export function policyForOperator(place: {identity: Identity; names: StackNames}): object {
  const {identity, names} = place;
  return operatorPolicy({
    partition: identity.partition,
    region: names.region,
    roleArn: roleArn(place),
    basicExecutionArn: basicExecutionArn(place),
    tableArn: tableArn(place),
    layerArn: layerArn(place),
    functionArns: [names.target, names.authorizer].map(name => functionArn(place, name)),
    logGroupArns: [names.targetLogs, names.authorizerLogs].map(name => logGroupArn(place, name)),
  });
}
