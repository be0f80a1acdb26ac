import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {CreateTableCommand, DynamoDBClient, ListTablesCommand} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, DeleteRoleCommand, GetRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {zip} from '../../../src/assets/zip.ts';
import {type LocalAws, startLocalAws} from '../../../src/local/start.ts';

// AWS's behaviour with its real times, on clocks that the tests move; only the calls themselves take none.

let local: LocalAws;
let code: Uint8Array;
beforeAll(async () => {
  local = await startLocalAws({port: 0, settings: {behaviour: 'aws', latencyMs: {}}});
  code = await zip([{path: 'index.mjs', bytes: Buffer.from('export const handler = () => ({});'), mode: 0o644}]);
});
afterAll(() => local.close());

const config = (region = 'us-east-1', accessKeyId = 'test') => ({
  endpoint: local.endpoint,
  region,
  credentials: {accessKeyId, secretAccessKey: 'test'},
  maxAttempts: 1,
});
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => 'accepted',
    (error: Error) => `${error.name}: ${error.message}`,
  );
const trust =
  '{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}';
const role = {RoleName: 'r', AssumeRolePolicyDocument: trust};

/** Moves the time of day, and nothing else, for as long as `during` takes. */
async function atTime<T>(epochMs: number, during: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({toFake: ['Date'], now: epochMs});
  try {
    return await during();
  } finally {
    vi.useRealTimers();
  }
}

test('a new role is assumable after 8 s, one whose name was there before after 1.5 s', async () => {
  const iam = new IAMClient(config());
  const lambda = new LambdaClient(config());
  const start = Date.now();
  const create = (FunctionName: string) =>
    failureOf(
      lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Role: 'arn:aws:iam::000000000000:role/r',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: {ZipFile: code},
        }),
      ),
    );
  const refused = 'InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda.';
  await atTime(start, () => iam.send(new CreateRoleCommand(role)));
  expect(await atTime(start + 7_999, () => create('f'))).toBe(refused);
  expect(await atTime(start + 8_000, () => create('f'))).toBe('accepted');
  expect(await failureOf(lambda.send(new InvokeCommand({FunctionName: 'f'})))).toBe(
    'ResourceConflictException: The operation cannot be performed at this time. The function is currently in the following state: Pending',
  );
  expect(
    await failureOf(lambda.send(new UpdateFunctionConfigurationCommand({FunctionName: 'f', Timeout: 9}))),
  ).toContain('ResourceConflictException: The operation cannot be performed at this time.');

  await iam.send(new DeleteRoleCommand(role));
  await atTime(start, () => iam.send(new CreateRoleCommand(role)));
  expect(await atTime(start + 1_499, () => create('g'))).toBe(refused);
  expect(await atTime(start + 1_500, () => create('g'))).toBe('accepted');
});

test('a second table with indexes has to wait for the first, one without has not', async () => {
  const dynamodb = new DynamoDBClient(config());
  const create = (TableName: string, indexed: boolean) =>
    failureOf(
      dynamodb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
          AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
          ...(indexed && {
            GlobalSecondaryIndexes: [
              {
                IndexName: 'index',
                KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
                Projection: {ProjectionType: 'ALL'},
              },
            ],
          }),
        }),
      ),
    );
  const start = Date.now();
  expect(await atTime(start, () => create('one', true))).toBe('accepted');
  expect(await atTime(start + 6_999, () => create('two', true))).toMatch(
    /^LimitExceededException: .*indexed tables that can be created simultaneously/,
  );
  expect(await atTime(start + 6_999, () => create('plain', false))).toBe('accepted');
  expect(await atTime(start + 7_000, () => create('two', true))).toBe('accepted');
});

test('a second API within 3 s is 429, and a new stage is 403, then 500, then serves', async () => {
  const client = new APIGatewayClient(config());
  const api = {name: 'api', endpointConfiguration: {types: ['REGIONAL' as const]}};
  const {id: restApiId, rootResourceId: resourceId} = await client.send(new CreateRestApiCommand(api));
  expect(await failureOf(client.send(new CreateRestApiCommand(api)))).toBe(
    'TooManyRequestsException: Too Many Requests',
  );
  const at = {restApiId, resourceId, httpMethod: 'GET'};
  await client.send(new PutMethodCommand({...at, authorizationType: 'NONE', apiKeyRequired: true}));
  const uri =
    'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:x/invocations';
  await client.send(new PutIntegrationCommand({...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri}));
  const start = Date.now();
  await atTime(start, () => client.send(new CreateDeploymentCommand({restApiId, stageName: 'prod'})));
  const answers: string[] = [];
  for (const after of [0, 999, 1_000, 1_999]) {
    const response = await atTime(start + after, () => fetch(`${local.endpoint}/_aws/execute-api/${restApiId}/prod/`));
    answers.push(`${response.status} ${await response.text()}`);
  }
  expect(answers).toEqual([
    '403 {"message":"Forbidden"}',
    '403 {"message":"Forbidden"}',
    '500 {"message": "Internal server error"}',
    '500 {"message": "Internal server error"}',
  ]);
  // Past that it is the method that answers: an unknown path tells it from the stage.
  const settled = await atTime(start + 2_000, () =>
    fetch(`${local.endpoint}/_aws/execute-api/${restApiId}/prod/other`),
  );
  expect(await settled.text()).toBe('{"message":"Missing Authentication Token"}');
});

test('regions have logs and tables of their own, roles are of the whole account', async () => {
  const places = [config(), config('eu-west-1'), config('us-east-1', '111111111111')] as const;
  const [here, , account] = places;
  const logGroupName = '/only/here';
  await new CloudWatchLogsClient(here).send(new CreateLogGroupCommand({logGroupName}));
  await new IAMClient(here).send(new CreateRoleCommand({...role, RoleName: 'everywhere'}));
  const seen = await Promise.all(
    places.map(async place => ({
      groups: (
        await new CloudWatchLogsClient(place).send(new DescribeLogGroupsCommand({logGroupNamePrefix: logGroupName}))
      ).logGroups?.length,
      tables: (await new DynamoDBClient(place).send(new ListTablesCommand({}))).TableNames?.includes('one'),
      role: await failureOf(new IAMClient(place).send(new GetRoleCommand({RoleName: 'everywhere'}))),
    })),
  );
  const absent = 'NoSuchEntityException: The role with name everywhere cannot be found.';
  expect(seen).toEqual([
    {groups: 1, tables: true, role: 'accepted'},
    {groups: 0, tables: false, role: 'accepted'},
    {groups: 0, tables: false, role: absent},
  ]);
  await new IAMClient(account).send(new CreateRoleCommand({...role, RoleName: 'everywhere'}));
});
