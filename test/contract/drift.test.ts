import {
  CreateDeploymentCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  GetAuthorizersCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UntagResourceCommand as UntagApiCommand,
  UpdateAuthorizerCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {
  DeleteLogGroupCommand,
  PutRetentionPolicyCommand,
  UntagResourceCommand as UntagGroupCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateTableCommand,
  DeleteTableCommand,
  UntagResourceCommand as UntagTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DetachRolePolicyCommand,
  PutRolePolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AddPermissionCommand,
  RemovePermissionCommand,
  UntagResourceCommand as UntagFunctionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {beforeAll, expect, test} from 'vitest';
import {stackTags, toTagList} from '../../src/aws/tags.ts';
import type {Assets} from '../../src/provision/context.ts';
import {expectGone} from './completeness.ts';
import {embeddedOn, quick} from './embedded.ts';
import {provideBackend} from './provided-backend.ts';
import type {Stack} from './stack.ts';

// On AWS the expiry of a table changes once an hour.
const {open} = provideBackend(embeddedOn('embedded AWS', {...quick, ttlChangeMs: 0}));
let stack: Stack;
let restApiId: string;
let assets: Assets;
beforeAll(async () => {
  stack = open();
  assets = await stack.assets;
  restApiId = (await stack.deploy()).apiUrl!.split('/').at(-3)!;
});

type Drift = [what: string, id: string, make: () => Promise<unknown>, shown: string, repair: string[]];

const configure = (change: object) =>
  stack.clients.lambda.send(new UpdateFunctionConfigurationCommand({FunctionName: stack.names.target, ...change}));
const upload = (id: 'target' | 'authorizer', code: {ZipFile: Uint8Array; Architectures?: ['x86_64']}) =>
  stack.clients.lambda.send(new UpdateFunctionCodeCommand({FunctionName: stack.names[id], ...code}));
const authorizerWith = async (values: Record<string, string>) => {
  const {items} = await stack.clients.apigateway.send(new GetAuthorizersCommand({restApiId}));
  const patchOperations = Object.entries(values).map(([path, value]) => ({op: 'replace', path, value}) as const);
  await stack.clients.apigateway.send(
    new UpdateAuthorizerCommand({restApiId, authorizerId: items![0]!.id, patchOperations}),
  );
};
const expiry = (Enabled: boolean, AttributeName: string) =>
  stack.clients.dynamodb.send(
    new UpdateTimeToLiveCommand({
      TableName: stack.names.table,
      TimeToLiveSpecification: {Enabled, AttributeName},
    }),
  );
const services = {table: 'dynamodb', target: 'lambda', 'logs-target': 'logs', api: 'apigateway'};
const tag = 'lifecycle-tui:component';
const loseTag = async (id: 'role' | keyof typeof services) => {
  const {clients, names} = stack;
  const here = `us-east-1:${(await stack.status()).account}`;
  switch (id) {
    case 'role':
      return clients.iam.send(new UntagRoleCommand({RoleName: names.role, TagKeys: [tag]}));
    case 'table': {
      const ResourceArn = `arn:aws:dynamodb:${here}:table/${names.table}`;
      return clients.dynamodb.send(new UntagTableCommand({ResourceArn, TagKeys: [tag]}));
    }
    case 'target': {
      const Resource = `arn:aws:lambda:${here}:function:${names.target}`;
      return clients.lambda.send(new UntagFunctionCommand({Resource, TagKeys: [tag]}));
    }
    case 'logs-target': {
      const resourceArn = `arn:aws:logs:${here}:log-group:${names.targetLogs}`;
      return clients.logs.send(new UntagGroupCommand({resourceArn, tagKeys: [tag]}));
    }
    case 'api': {
      const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`;
      return clients.apigateway.send(new UntagApiCommand({resourceArn, tagKeys: [tag]}));
    }
  }
};
const updateCode = ['lambda UpdateFunctionCode'];
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
    'permission of lambda-target-demo: wanted one, found none',
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
    () =>
      authorizerWith({
        '/identitySource': 'method.request.header.Authorization',
        '/authorizerResultTtlInSeconds': '300',
      }),
    'authorizer authorizerResultTtlInSeconds: wanted 0, found 300',
    ['apigateway UpdateAuthorizer'],
  ],
  ['code', 'target', () => upload('target', {ZipFile: assets.authorizer.zip}), 'code: wanted ', updateCode],
  ['code', 'authorizer', () => upload('authorizer', {ZipFile: assets.target.zip}), 'code: wanted ', updateCode],
  [
    'architecture',
    'authorizer',
    () => upload('authorizer', {ZipFile: assets.authorizer.zip, Architectures: ['x86_64']}),
    'architecture: wanted arm64, found x86_64',
    updateCode,
  ],
  [
    'source of a permission',
    'permissions',
    async () => {
      const {lambda} = stack.clients;
      const statement = {FunctionName: stack.names.authorizer, StatementId: `apigw-${restApiId}`};
      await lambda.send(new RemovePermissionCommand(statement));
      const SourceArn = `arn:aws:execute-api:us-east-1:123456789012:${restApiId}/*`;
      const Principal = 'apigateway.amazonaws.com';
      await lambda.send(
        new AddPermissionCommand({...statement, Action: 'lambda:InvokeFunction', Principal, SourceArn}),
      );
    },
    'permission of lambda-authorizer-demo: SourceArn wanted ',
    ['lambda RemovePermission', 'lambda AddPermission'],
  ],
  [
    'integration',
    'api',
    async () => {
      const {apigateway} = stack.clients;
      const {items} = await apigateway.send(new GetResourcesCommand({restApiId, embed: ['methods']}));
      const {id: resourceId, resourceMethods} = items!.find(({path}) => path === '/hello')!;
      const uri = resourceMethods!.GET!.methodIntegration!.uri!.replace('target', 'other');
      const method = {restApiId, resourceId, httpMethod: 'GET'};
      await apigateway.send(
        new PutIntegrationCommand({...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri}),
      );
    },
    'integration uri: wanted ',
    ['apigateway PutIntegration'],
  ],
  [
    'deployment',
    'api',
    () => stack.clients.apigateway.send(new CreateDeploymentCommand({restApiId, stageName: 'prod'})),
    'deployment wanted lifecycle-tui authorizer=',
    ['apigateway CreateDeployment'],
  ],
  [
    'identity source',
    'api',
    () => authorizerWith({'/identitySource': 'method.request.header.Authorization'}),
    'authorizer identitySource: wanted none, found method.request.header.Authorization',
    ['apigateway UpdateAuthorizer'],
  ],
  [
    'expiry',
    'table',
    () => expiry(false, 'ttl'),
    'expiry by ttl: wanted enabled, found disabl',
    ['dynamodb UpdateTimeToLive'],
  ],
  ...(['table', 'role', 'target', 'logs-target', 'api'] as const).map(
    (id): Drift => [
      'tag',
      id,
      () => loseTag(id),
      `tags lifecycle-tui:component: wanted ${id}, found none`,
      [id === 'role' ? 'iam TagRole' : `${services[id]} TagResource`],
    ],
  ),
];

test.each(drifts)(
  '%s of the %s: seen, repaired by the calls it needs, and then left alone',
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

const findResource = async (wanted: string) => {
  const {items} = await stack.clients.apigateway.send(new GetResourcesCommand({restApiId, embed: ['methods']}));
  return items!.find(({path}) => path === wanted)!.id!;
};
const removeResource = async (path: string) =>
  stack.clients.apigateway.send(new DeleteResourceCommand({restApiId, resourceId: await findResource(path)}));

test('a stack as the version before made it: with one route, and the permission for that alone', async () => {
  const {apigateway, lambda} = stack.clients;
  await removeResource('/info');
  await removeResource('/api');
  const description = 'lifecycle-tui authorizer=a sha256=b';
  await apigateway.send(new CreateDeploymentCommand({restApiId, stageName: 'prod', description}));
  const statement = {FunctionName: stack.names.target, StatementId: `apigw-${restApiId}`};
  await lambda.send(new RemovePermissionCommand(statement));
  await lambda.send(
    new AddPermissionCommand({
      ...{...statement, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com'},
      SourceArn: `arn:aws:execute-api:us-east-1:${(await stack.status()).account}:${restApiId}/*/GET/hello`,
    }),
  );
  const before = await stack.status();
  expect(before.state).toBe('deployed');
  const [ofApi, ofPermissions, ...others] = stack.drift(before.resources);
  for (const path of ['/info/version', '/info/health', '/api/echo']) {
    expect(ofApi).toContain(`wanted ${path}, found none`);
  }
  expect(ofPermissions).toContain(`SourceArn wanted ${restApiId}/*/*/*, found ${restApiId}/*/GET/hello`);
  expect(others).toEqual([]);
  stack.forget();
  expect((await stack.deploy()).ok).toBe(true);
  const counts: Record<string, number> = {};
  for (const write of stack.writes()) counts[write] = (counts[write] ?? 0) + 1;
  expect(counts).toEqual({
    'apigateway CreateResource': 5,
    'apigateway PutMethod': 3,
    'apigateway PutIntegration': 3,
    'apigateway CreateDeployment': 1,
    'lambda RemovePermission': 1,
    'lambda AddPermission': 1,
  });
  expect(stack.drift((await stack.status()).resources)).toEqual([]);
});

test('a method that differs is made anew with its integration, and the others are left alone', async () => {
  const resourceId = await findResource('/api/echo');
  const method = {restApiId, resourceId, httpMethod: 'POST'};
  await stack.clients.apigateway.send(new DeleteMethodCommand(method));
  await stack.clients.apigateway.send(new PutMethodCommand({...method, authorizationType: 'NONE'}));
  expect(stack.drift((await stack.status()).resources)).toEqual([
    expect.stringContaining('POST /api/echo authorizationType: wanted CUSTOM, found NONE'),
  ]);
  stack.forget();
  expect((await stack.deploy()).ok).toBe(true);
  expect(stack.writes()).toEqual(['DeleteMethod', 'PutMethod', 'PutIntegration'].map(each => `apigateway ${each}`));
  expect(stack.drift((await stack.status()).resources)).toEqual([]);
});

test('what force SHUTDOWN writes, a description and the tags and variables of others are nobody’s drift', async () => {
  const before = {LIFECYCLE_TABLE: stack.names.table, LIFECYCLE_TTL_SECONDS: '1200'};
  await configure({
    Description: 'changed',
    Environment: {Variables: {...before, LIFECYCLE_GENERATION: '7', LIFECYCLE_DEBUG: '1', OTHER: 'x'}},
  });
  expect(stack.drift((await stack.status()).resources)).toEqual([]);
  stack.forget();
  expect((await stack.deploy()).ok).toBe(true);
  expect(stack.writes()).toEqual([]);
});

test('expiry by another attribute is seen, and the way out is told', async () => {
  await expiry(false, 'ttl');
  await expiry(true, 'other');
  expect(stack.drift((await stack.status()).resources)).toEqual([
    'table: expiry by ttl: wanted enabled, found by other',
  ]);
  stack.forget();
  expect((await stack.deploy()).ok).toBe(false);
  expect(stack.messages).toContainEqual(
    expect.objectContaining({type: 'error', next: expect.stringContaining('"AttributeName":"other"')}),
  );
  await expiry(false, 'other');
  expect((await stack.deploy()).ok).toBe(true);
});

test('an index of other keys is seen', async () => {
  const {dynamodb} = stack.clients;
  const TableName = stack.names.table;
  await dynamodb.send(new DeleteTableCommand({TableName}));
  await expect.poll(async () => (await stack.status()).state, {timeout: 10_000}).toBe('partial');
  const seeds = {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}],
    AttributeDefinitions: [
      {AttributeName: 'eventId', AttributeType: 'S'},
      {AttributeName: 'timestamp', AttributeType: 'N'},
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'timestamp-index',
        KeySchema: [{AttributeName: 'timestamp', KeyType: 'HASH'}],
        Projection: {ProjectionType: 'ALL'},
      },
    ],
    Tags: toTagList(stackTags('default', 'table')),
  } as const;
  const again = () => dynamodb.send(new CreateTableCommand(seeds as never));
  await expect
    .poll(
      () =>
        again().then(
          () => true,
          () => false,
        ),
      {timeout: 10_000},
    )
    .toBe(true);
  await expect
    .poll(async () => (await stack.status()).resources.find(({id}) => id === 'table')?.drift, {timeout: 10_000})
    .toContain('index timestamp-index: wanted functionName S, timestamp S, ALL, found timestamp N, ALL');
  expect(await stack.teardown()).toMatchObject({ok: true});
  await expectGone(stack);
});
