import type {StepId} from '../lifecycle/message.ts';
import {basicExecutionArn} from './arns.ts';
import {awsCommand} from './aws-command.ts';
import type {ProvisionRequest} from './context.ts';
import {beginRun, openContext} from './open-context.ts';
import {ownApis} from './resources/api-reading.ts';

/** For each resource the aws CLI commands that remove it by hand. */
export async function removalCommands(
  request: Omit<ProvisionRequest, 'emit'>,
  ids: readonly StepId[],
): Promise<Map<StepId, string[]>> {
  const {names} = request;
  const context = await openContext(beginRun(request));
  const commands: Partial<Record<StepId, () => Promise<string[]>>> = {
    role: async () => [
      ...['DynamoDBAccess', 'NoLateLogGroups'].map(PolicyName =>
        command('iam', 'DeleteRolePolicy', {RoleName: names.role, PolicyName}),
      ),
      command('iam', 'DetachRolePolicy', {RoleName: names.role, PolicyArn: basicExecutionArn(context)}),
      command('iam', 'DeleteRole', {RoleName: names.role}),
    ],
    table: async () => [command('dynamodb', 'DeleteTable', {TableName: names.table})],
    layer: async () => [
      `${command('lambda', 'ListLayerVersions', {LayerName: names.layer})} --query 'LayerVersions[].Version'`,
      `${command('lambda', 'DeleteLayerVersion', {LayerName: names.layer})} --version-number VERSION`,
    ],
    target: async () => [command('lambda', 'DeleteFunction', {FunctionName: names.target})],
    authorizer: async () => [command('lambda', 'DeleteFunction', {FunctionName: names.authorizer})],
    'logs-target': async () => [command('logs', 'DeleteLogGroup', {logGroupName: names.targetLogs})],
    'logs-authorizer': async () => [command('logs', 'DeleteLogGroup', {logGroupName: names.authorizerLogs})],
    api: async () => {
      const apis = await ownApis(context);
      return apis.map(({id}) => command('apigateway', 'DeleteRestApi', {restApiId: id}));
    },
  };
  const list = ids.map(async (id): Promise<[StepId, string[]]> => {
    try {
      return [id, (await commands[id]?.()) ?? []];
    } catch {
      // What could not be removed may not be readable either: its name has been told.
      return [id, []];
    }
  });
  return new Map(await Promise.all(list));

  function command(service: string, operation: string, input: object): string {
    return `${awsCommand({service, operation, input})} --region ${names.region}`;
  }
}
