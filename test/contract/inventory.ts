import {GetAuthorizersCommand, GetResourcesCommand, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {DescribeLogGroupsCommand, ListTagsForResourceCommand} from '@aws-sdk/client-cloudwatch-logs';
import {DescribeTableCommand, ListTablesCommand, ListTagsOfResourceCommand} from '@aws-sdk/client-dynamodb';
import {
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import {
  GetFunctionCommand,
  ListFunctionsCommand,
  ListLayersCommand,
  ListLayerVersionsCommand,
} from '@aws-sdk/client-lambda';
import type {Clients} from '../../src/aws/clients.ts';
import {orAbsent} from '../../src/aws/errors.ts';
import {until} from '../../src/aws/until.ts';

/** The names of all that is in the account and region; what has several of a name is there as often. */
export async function inventory({iam, dynamodb, lambda, apigateway, logs}: Clients) {
  const [roles, tables, functions, layers, apis, groups] = await Promise.all([
    iam.send(new ListRolesCommand({})),
    dynamodb.send(new ListTablesCommand({})),
    lambda.send(new ListFunctionsCommand({})),
    lambda.send(new ListLayersCommand({})),
    apigateway.send(new GetRestApisCommand({limit: 500})),
    logs.send(new DescribeLogGroupsCommand({})),
  ]);
  const versions = await Promise.all(
    (layers.Layers ?? []).map(({LayerName}) => lambda.send(new ListLayerVersionsCommand({LayerName}))),
  );
  return {
    roles: (roles.Roles ?? []).map(each => each.RoleName!).sort(),
    tables: (tables.TableNames ?? []).sort(),
    functions: (functions.Functions ?? []).map(each => each.FunctionName!).sort(),
    layerVersions: versions
      .flatMap(each => each.LayerVersions ?? [])
      .map(each => each.LayerVersionArn!)
      .sort(),
    apis: (apis.items ?? []).map(each => ({id: each.id!, name: each.name!})).sort((a, b) => (a.id < b.id ? -1 : 1)),
    logGroups: (groups.logGroups ?? []).map(each => each.logGroupName!).sort(),
  };
}

/** All of it with what is in it and on it, once nothing is under way: two that are equal mean that nothing was touched. */
export function fullInventory(clients: Clients): Promise<FullInventory> {
  const settled = async () => {
    // A table may go between the list and the look at it.
    const found = await orAbsent(everything(clients));
    return !found || /"(CREATING|DELETING|Pending|InProgress)"/.test(JSON.stringify(found)) ? undefined : found;
  };
  return until(settled, {what: 'tables and functions to settle', timeoutMs: 15_000, schedule: [20]});
}

type FullInventory = Awaited<ReturnType<typeof everything>>;

async function everything(clients: Clients) {
  const {iam, dynamodb, lambda, apigateway, logs} = clients;
  const found = await inventory(clients);
  const each = <T, R>(list: readonly T[], read: (item: T) => Promise<R>) => Promise.all(list.map(read));
  return {
    roles: await each(found.roles, async RoleName => ({
      role: (await iam.send(new GetRoleCommand({RoleName}))).Role,
      attached: (await iam.send(new ListAttachedRolePoliciesCommand({RoleName}))).AttachedPolicies,
      inline: (await iam.send(new ListRolePoliciesCommand({RoleName}))).PolicyNames,
    })),
    tables: await each(found.tables, async TableName => {
      const {Table} = await dynamodb.send(new DescribeTableCommand({TableName}));
      const {Tags} = await dynamodb.send(new ListTagsOfResourceCommand({ResourceArn: Table!.TableArn}));
      return {Table, Tags};
    }),
    functions: await each(found.functions, async FunctionName => {
      const {Configuration, Tags} = await lambda.send(new GetFunctionCommand({FunctionName}));
      return {Configuration, Tags};
    }),
    layerVersions: found.layerVersions,
    apis: {
      list: (await apigateway.send(new GetRestApisCommand({limit: 500}))).items,
      parts: await each(found.apis, async ({id: restApiId}) => ({
        resources: (await apigateway.send(new GetResourcesCommand({restApiId, embed: ['methods']}))).items,
        authorizers: (await apigateway.send(new GetAuthorizersCommand({restApiId}))).items,
      })),
    },
    logGroups: await each(found.logGroups, async logGroupNamePrefix => {
      const {logGroups} = await logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix}));
      const group = logGroups!.find(({logGroupName}) => logGroupName === logGroupNamePrefix)!;
      const resourceArn = group.arn!.replace(/:\*$/, '');
      return {group, tags: (await logs.send(new ListTagsForResourceCommand({resourceArn}))).tags};
    }),
  };
}
