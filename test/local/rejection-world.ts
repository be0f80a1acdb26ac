import * as apigw from '@aws-sdk/client-api-gateway';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ddb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import {zip} from '../../src/assets/zip.ts';
import {until} from '../../src/aws/until.ts';
import type {WantedSettings} from '../../src/local/settings.ts';
import {type LocalAws, startLocalAws} from '../../src/local/start.ts';
import {clientConfig} from './wire/served.ts';

export const account = '000000000000';
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
export const functionArn = `arn:aws:lambda:us-east-1:${account}:function:f`;
export const lambdaUri = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
export const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole'}],
  });
export const text = (AttributeName: string) => ({AttributeName, AttributeType: 'S'}) as const;
export const hash = (AttributeName: string) => ({AttributeName, KeyType: 'HASH'}) as const;
export const indexOf = (IndexName: string): ddb.GlobalSecondaryIndex => ({
  IndexName,
  KeySchema: [hash('kind')],
  Projection: {ProjectionType: 'ALL'},
});

export type World = {
  clients: ReturnType<typeof clientsOf>;
  local: LocalAws;
  code: Uint8Array;
  api: {restApiId: string; rootId: string; helloId: string; authorizerId: string};
  /** States of environments that were reached. */
  transitions: string[];
};

const clientsOf = (endpoint: string) => {
  const config = {...clientConfig(endpoint), maxAttempts: 6};
  return {
    apigateway: new apigw.APIGatewayClient(config),
    logs: new logs.CloudWatchLogsClient(config),
    dynamodb: new ddb.DynamoDBClient(config),
    iam: new iam.IAMClient(config),
    lambda: new lambda.LambdaClient(config),
  };
};

export const create =
  (change: Partial<lambda.CreateFunctionCommandInput>) =>
  ({clients, code}: World) =>
    clients.lambda.send(
      new lambda.CreateFunctionCommand({
        FunctionName: 'other',
        Role: roleArn('r'),
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: {ZipFile: code},
        ...change,
      }),
    );
export const role =
  (change: Partial<iam.CreateRoleCommandInput>) =>
  ({clients}: World) =>
    clients.iam.send(
      new iam.CreateRoleCommand({
        RoleName: 'other',
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        ...change,
      }),
    );
export const table =
  (change: Partial<ddb.CreateTableCommandInput>) =>
  ({clients}: World) =>
    clients.dynamodb.send(
      new ddb.CreateTableCommand({
        TableName: 'other',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [hash('id')],
        AttributeDefinitions: [text('id')],
        ...change,
      }),
    );
export const timeToLive =
  (AttributeName: string, Enabled = true) =>
  ({clients}: World) =>
    clients.dynamodb.send(
      new ddb.UpdateTimeToLiveCommand({TableName: 'table', TimeToLiveSpecification: {AttributeName, Enabled}}),
    );
export const permission =
  (change: Partial<lambda.AddPermissionCommandInput>) =>
  ({clients}: World) =>
    clients.lambda.send(
      new lambda.AddPermissionCommand({
        FunctionName: 'f',
        StatementId: 'other',
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        ...change,
      }),
    );
export const method =
  (httpMethod: string, more: Partial<apigw.PutMethodCommandInput> = {}) =>
  ({clients, api}: World) =>
    clients.apigateway.send(
      new apigw.PutMethodCommand({
        restApiId: api.restApiId,
        resourceId: api.helloId,
        httpMethod,
        authorizationType: 'NONE',
        ...more,
      }),
    );
export const integration =
  (uri: string) =>
  ({clients, api}: World) =>
    clients.apigateway.send(
      new apigw.PutIntegrationCommand({
        restApiId: api.restApiId,
        resourceId: api.helloId,
        httpMethod: 'GET',
        type: 'AWS_PROXY',
        integrationHttpMethod: 'POST',
        uri,
      }),
    );
export const authorizer =
  (change: Partial<apigw.CreateAuthorizerCommandInput>) =>
  ({clients, api}: World) =>
    clients.apigateway.send(
      new apigw.CreateAuthorizerCommand({
        restApiId: api.restApiId,
        name: 'other',
        type: 'REQUEST',
        authorizerUri: lambdaUri,
        authorizerResultTtlInSeconds: 0,
        ...change,
      }),
    );

export const cannotAssume = /^The role defined for the function cannot be assumed by Lambda\.$/;

/** One of everything that a row may collide with. */
export async function build(settings: WantedSettings): Promise<World> {
  const transitions: string[] = [];
  const local = await startLocalAws({port: 0, settings, onTransition: ({to}) => transitions.push(to)});
  const clients = clientsOf(local.endpoint);
  const code = await zip([{path: 'index.mjs', bytes: Buffer.from('export const handler = () => ({});'), mode: 0o644}]);
  const [api] = await Promise.all([
    buildApi(clients.apigateway),
    buildFunction(clients, code),
    buildTable(clients.dynamodb),
    clients.logs.send(new logs.CreateLogGroupCommand({logGroupName: 'group'})),
  ]);
  return {clients, local, code, api, transitions};
}

async function buildFunction(clients: World['clients'], code: Uint8Array): Promise<void> {
  for (const [RoleName, service] of [
    ['r', 'lambda'],
    ['ec2', 'ec2'],
  ] as const) {
    const AssumeRolePolicyDocument = trust(`${service}.amazonaws.com`);
    await clients.iam.send(new iam.CreateRoleCommand({RoleName, AssumeRolePolicyDocument}));
  }
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  await clients.iam.send(new iam.AttachRolePolicyCommand({RoleName: 'r', PolicyArn}));
  const made = () =>
    create({FunctionName: 'f'})({clients, code} as World).catch((error: Error) => {
      if (!cannotAssume.test(error.message)) throw error;
    });
  await until(made, {what: 'the role to spread', timeoutMs: 10_000, schedule: [20]});
  const active = async () => {
    const {State} = await clients.lambda.send(new lambda.GetFunctionConfigurationCommand({FunctionName: 'f'}));
    return State === 'Active' || undefined;
  };
  await until(active, {what: 'the function', timeoutMs: 10_000, schedule: [20]});
  await permission({StatementId: 'mine', SourceArn: `arn:aws:execute-api:us-east-1:${account}:other/*`})({
    clients,
  } as World);
}

async function buildTable(dynamodb: ddb.DynamoDBClient): Promise<void> {
  await dynamodb.send(
    new ddb.CreateTableCommand({
      TableName: 'table',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [hash('id')],
      AttributeDefinitions: [text('id'), text('kind')],
      GlobalSecondaryIndexes: [indexOf('by-kind')],
    }),
  );
  const active = async () => {
    const {Table} = await dynamodb.send(new ddb.DescribeTableCommand({TableName: 'table'}));
    return Table?.TableStatus === 'ACTIVE' || undefined;
  };
  await until(active, {what: 'the table', timeoutMs: 10_000, schedule: [20]});
  await timeToLive('ttl')({clients: {dynamodb}} as World);
}

async function buildApi(apigateway: apigw.APIGatewayClient): Promise<World['api']> {
  const made = await apigateway.send(
    new apigw.CreateRestApiCommand({name: 'api', endpointConfiguration: {types: ['REGIONAL']}}),
  );
  const [restApiId, rootId] = [made.id!, made.rootResourceId!];
  const hello = await apigateway.send(
    new apigw.CreateResourceCommand({restApiId, parentId: rootId, pathPart: 'hello'}),
  );
  const api = {restApiId, rootId, helloId: hello.id!, authorizerId: ''};
  const gate = await authorizer({name: 'gate'})({clients: {apigateway}, api} as World);
  await method('GET')({clients: {apigateway}, api} as World);
  return {...api, authorizerId: gate.id!};
}
