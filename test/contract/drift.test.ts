import {GetAuthorizersCommand, UpdateAuthorizerCommand, UpdateStageCommand} from '@aws-sdk/client-api-gateway';
import {DeleteLogGroupCommand, PutRetentionPolicyCommand} from '@aws-sdk/client-cloudwatch-logs';
import {DetachRolePolicyCommand, PutRolePolicyCommand, UpdateAssumeRolePolicyCommand} from '@aws-sdk/client-iam';
import {RemovePermissionCommand, UpdateFunctionConfigurationCommand} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {RunningBackend} from './backend.ts';
import {embedded} from './embedded.ts';
import {builtAssets, Stack} from './stack.ts';

let running: RunningBackend;
let stack: Stack;
let restApiId: string;
beforeAll(async () => {
  running = await embedded.start();
  stack = new Stack(running.endpoint, 'default', builtAssets());
  restApiId = (await stack.deploy()).apiUrl!.split('/').at(-3)!;
});
afterAll(async () => {
  stack.clients.destroy();
  await running.stop();
});

type Drift = [what: string, id: string, make: () => Promise<unknown>, shown: string, repair: string[]];

const configure = (change: object) =>
  stack.clients.lambda.send(new UpdateFunctionConfigurationCommand({FunctionName: stack.names.target, ...change}));
const updateTarget = ['lambda UpdateFunctionConfiguration'];
const allowAll = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const otherTrust =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

const drifts: Drift[] = [
  ['timeout', 'target', () => configure({Timeout: 30}), 'Timeout: wanted 6, found 30', updateTarget],
  ['memory', 'target', () => configure({MemorySize: 512}), 'MemorySize: wanted 256, found 512', updateTarget],
  ['handler', 'target', () => configure({Handler: 'a.b'}), 'Handler: wanted index.handler, found a.b', updateTarget],
  [
    'runtime',
    'target',
    () => configure({Runtime: 'nodejs22.x'}),
    'Runtime: wanted nodejs24.x, found nodejs22.x',
    updateTarget,
  ],
  ['layers', 'target', () => configure({Layers: []}), 'Layers: wanted arn:aws:lambda:', updateTarget],
  [
    'variable',
    'target',
    () => configure({Environment: {Variables: {LIFECYCLE_TABLE: 'x', LIFECYCLE_TTL_SECONDS: '1200'}}}),
    'variable LIFECYCLE_TABLE: wanted lambda-state-events, found x',
    updateTarget,
  ],
  [
    'trust',
    'role',
    () =>
      stack.clients.iam.send(
        new UpdateAssumeRolePolicyCommand({RoleName: stack.names.role, PolicyDocument: otherTrust}),
      ),
    'trust policy Statement[0].Principal.Service: wanted lambda.amazonaws.com, found ec2.amazonaws.com',
    ['iam UpdateAssumeRolePolicy'],
  ],
  [
    'inline policy',
    'role',
    () =>
      stack.clients.iam.send(
        new PutRolePolicyCommand({RoleName: stack.names.role, PolicyName: 'DynamoDBAccess', PolicyDocument: allowAll}),
      ),
    'inline policy DynamoDBAccess Statement[0].Action: wanted',
    ['iam PutRolePolicy'],
  ],
  [
    'attachment',
    'role',
    () =>
      stack.clients.iam.send(
        new DetachRolePolicyCommand({
          RoleName: stack.names.role,
          PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
        }),
      ),
    'wanted AWSLambdaBasicExecutionRole, found none',
    ['iam AttachRolePolicy'],
  ],
  [
    'retention',
    'logs-target',
    () =>
      stack.clients.logs.send(
        new PutRetentionPolicyCommand({logGroupName: stack.names.targetLogs, retentionInDays: 7}),
      ),
    'retention in days: wanted 1, found 7',
    ['logs PutRetentionPolicy'],
  ],
  [
    'log group',
    'logs-authorizer',
    () => stack.clients.logs.send(new DeleteLogGroupCommand({logGroupName: stack.names.authorizerLogs})),
    'absent',
    ['logs CreateLogGroup', 'logs PutRetentionPolicy'],
  ],
  [
    'permission',
    'permissions',
    () =>
      stack.clients.lambda.send(
        new RemovePermissionCommand({FunctionName: stack.names.target, StatementId: `apigw-${restApiId}`}),
      ),
    'may invoke: wanted both, found lambda-authorizer-demo',
    ['lambda AddPermission'],
  ],
  [
    'throttle',
    'api',
    () =>
      stack.clients.apigateway.send(
        new UpdateStageCommand({
          restApiId,
          stageName: 'prod',
          patchOperations: [{op: 'replace', path: '/*/*/throttling/burstLimit', value: '99'}],
        }),
      ),
    'throttle wanted 20/s burst 40, found 20/s burst 99',
    ['apigateway UpdateStage'],
  ],
  [
    'authorizer cache',
    'api',
    async () => {
      const {items} = await stack.clients.apigateway.send(new GetAuthorizersCommand({restApiId}));
      const patchOperations = [
        {op: 'replace', path: '/identitySource', value: 'method.request.header.Authorization'} as const,
        {op: 'replace', path: '/authorizerResultTtlInSeconds', value: '300'} as const,
      ];
      await stack.clients.apigateway.send(
        new UpdateAuthorizerCommand({restApiId, authorizerId: items![0]!.id, patchOperations}),
      );
    },
    'authorizer authorizerResultTtlInSeconds: wanted 0, found 300',
    ['apigateway UpdateAuthorizer'],
  ],
];

test.each(drifts)(
  '%s: seen, repaired by the calls it needs, and then left alone',
  async (_, id, make, shown, repair) => {
    await make();
    const found = (await stack.status()).resources.filter(each => each.state === 'absent' || each.drift !== undefined);
    expect(found.map(each => each.id)).toEqual([id]);
    expect(found[0]!.drift ?? found[0]!.state).toContain(shown);
    stack.forget();
    expect((await stack.deploy()).ok).toBe(true);
    expect(stack.writes()).toEqual(repair);
    stack.forget();
    expect((await stack.deploy()).ok).toBe(true);
    expect(stack.writes()).toEqual([]);
  },
);
