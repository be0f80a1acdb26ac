import type {StackNames} from '../../src/aws/names.ts';
import type {StepId} from '../../src/lifecycle/message.ts';
import type {Call} from './recorded.ts';

/** The calls that remove one resource, and what has to be gone before. */
export type Removal = {id: StepId; needs: readonly StepId[]; calls: Call[]};

/**
 * How a stack that was just made goes, by somebody who knows all its ids: the functions first, the role last. Side by side,
 * the log groups wait for the role: while it is half gone, late lines may bring a group back.
 */
export function removals(names: StackNames, apiId: string): Removal[] {
  const removal = (id: StepId, needs: readonly StepId[], ...calls: [string, string, Record<string, unknown>][]) => ({
    ...{id, needs},
    calls: calls.map(([service, operation, input]) => ({step: id, service, operation, input})),
  });
  const RoleName = names.role;
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  return [
    removal('api', [], ['apigateway', 'DeleteRestApi', {restApiId: apiId}]),
    removal('target', [], ['lambda', 'DeleteFunction', {FunctionName: names.target}]),
    removal('authorizer', [], ['lambda', 'DeleteFunction', {FunctionName: names.authorizer}]),
    removal('layer', [], ['lambda', 'DeleteLayerVersion', {LayerName: names.layer, VersionNumber: 1}]),
    removal('table', [], ['dynamodb', 'DeleteTable', {TableName: names.table}]),
    removal('logs-target', ['target', 'role'], ['logs', 'DeleteLogGroup', {logGroupName: names.targetLogs}]),
    removal(
      'logs-authorizer',
      ['authorizer', 'role'],
      ['logs', 'DeleteLogGroup', {logGroupName: names.authorizerLogs}],
    ),
    removal(
      'role',
      [],
      ['iam', 'DetachRolePolicy', {RoleName, PolicyArn}],
      ['iam', 'DeleteRolePolicy', {RoleName, PolicyName: 'DynamoDBAccess'}],
      ['iam', 'DeleteRolePolicy', {RoleName, PolicyName: 'NoLateLogGroups'}],
      ['iam', 'DeleteRole', {RoleName}],
    ),
  ];
}
