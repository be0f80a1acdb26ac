import {APIGatewayClient, CreateRestApiCommand, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {CreateTableCommand, DynamoDBClient, ListTablesCommand} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, IAMClient, ListRolesCommand} from '@aws-sdk/client-iam';
import {LambdaClient, ListLayersCommand, PublishLayerVersionCommand} from '@aws-sdk/client-lambda';
import {isThrottlingError, isTransientError} from '@smithy/core/retry';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {zip} from '../../../src/assets/zip.ts';
import {classifyError} from '../../../src/aws/errors.ts';
import {type LocalAws, startLocalAws} from '../../../src/local/start.ts';
import {type FaultKind, Faults} from '../../support/faults.ts';

const faults = new Faults();
let local: LocalAws;
let layer: Uint8Array;
beforeAll(async () => {
  local = await startLocalAws({port: 0, traffic: faults.traffic});
  layer = await zip([{path: 'extensions/x', bytes: Buffer.from('#!/bin/sh\n'), mode: 0o755}]);
});
afterAll(() => local.close());
afterEach(() => faults.clear());

const access = () => ({
  endpoint: local.endpoint,
  region: 'us-east-1',
  credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  maxAttempts: 1,
});

/** One creation per wire format, and how many of its kind and name there are. */
const services = {
  iam: {
    create: (name: string) =>
      new IAMClient(access()).send(new CreateRoleCommand({RoleName: name, AssumeRolePolicyDocument: trust})),
    count: async (name: string) =>
      (await new IAMClient(access()).send(new ListRolesCommand({}))).Roles?.filter(each => each.RoleName === name)
        .length,
  },
  lambda: {
    create: (name: string) =>
      new LambdaClient(access()).send(new PublishLayerVersionCommand({LayerName: name, Content: {ZipFile: layer}})),
    count: async (name: string) =>
      (await new LambdaClient(access()).send(new ListLayersCommand({}))).Layers?.filter(each => each.LayerName === name)
        .length,
  },
  apigateway: {
    create: (name: string) => new APIGatewayClient(access()).send(new CreateRestApiCommand({name})),
    count: async (name: string) =>
      (await new APIGatewayClient(access()).send(new GetRestApisCommand({}))).items?.filter(each => each.name === name)
        .length,
  },
  logs: {
    create: (name: string) => new CloudWatchLogsClient(access()).send(new CreateLogGroupCommand({logGroupName: name})),
    count: async (name: string) =>
      (await new CloudWatchLogsClient(access()).send(new DescribeLogGroupsCommand({}))).logGroups?.filter(
        each => each.logGroupName === name,
      ).length,
  },
  dynamodb: {
    create: (name: string) =>
      new DynamoDBClient(access()).send(
        new CreateTableCommand({
          TableName: name,
          KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
          AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      ),
    count: async (name: string) =>
      (await new DynamoDBClient(access()).send(new ListTablesCommand({}))).TableNames?.filter(each => each === name)
        .length,
  },
};
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
});

type Seen = {class: string; sdk: 'throttling' | 'transient' | undefined; made: 0 | 1; name?: Record<string, string>};
const seen: Record<Exclude<FaultKind, 'slow'>, Seen> = {
  throttled: {
    class: 'throttled',
    sdk: 'throttling',
    made: 0,
    name: {
      iam: 'Throttling',
      lambda: 'TooManyRequestsException',
      apigateway: 'TooManyRequestsException',
      logs: 'ThrottlingException',
      dynamodb: 'ThrottlingException',
    },
  },
  'failed before': {
    class: 'server',
    sdk: 'transient',
    made: 0,
    name: {
      iam: 'ServiceFailureException',
      lambda: 'ServiceException',
      apigateway: 'ServiceUnavailableException',
      logs: 'ServiceUnavailableException',
      dynamodb: 'InternalServerError',
    },
  },
  'failed after': {class: 'server', sdk: 'transient', made: 1},
  'cut before': {class: 'unreachable', sdk: 'transient', made: 0},
  'cut after': {class: 'unreachable', sdk: 'transient', made: 1},
  expired: {
    class: 'credentials',
    sdk: undefined,
    made: 0,
    name: {
      iam: 'ExpiredToken',
      lambda: 'ExpiredTokenException',
      apigateway: 'ExpiredTokenException',
      logs: 'ExpiredTokenException',
      dynamodb: 'ExpiredTokenException',
    },
  },
  denied: {
    class: 'denied',
    sdk: undefined,
    made: 0,
    name: {
      iam: 'AccessDenied',
      lambda: 'AccessDeniedException',
      apigateway: 'AccessDeniedException',
      logs: 'AccessDeniedException',
      dynamodb: 'AccessDeniedException',
    },
  },
};

describe.each(Object.keys(services) as (keyof typeof services)[])('%s', service => {
  const {create, count} = services[service];

  test.each(Object.keys(seen) as (keyof typeof seen)[])('a call that is %s looks as from AWS', async kind => {
    const name = `f-${service}-${kind.replace(' ', '-')}`;
    const expected = seen[kind];
    faults.add({kind, service});
    const error = await create(name).then(
      () => undefined,
      (thrown: unknown) => thrown as Error,
    );
    expect(error).toBeInstanceOf(Error);
    if (expected.name) expect(error?.name).toBe(expected.name[service]);
    expect(classifyError(error)).toBe(expected.class);
    const sdk = isThrottlingError(error as never)
      ? 'throttling'
      : isTransientError(error as never)
        ? 'transient'
        : undefined;
    expect(sdk).toBe(expected.sdk);
    expect(await count(name)).toBe(expected.made);
  });

  test('a slow answer is held as long as it is told to', async () => {
    const name = `f-${service}-slow`;
    let release = () => {};
    const met = faults.add({kind: 'slow', service, until: new Promise<void>(resolve => (release = resolve))});
    const creating = create(name);
    await expect.poll(met).toBe(1);
    expect(await count(name)).toBe(0);
    release();
    await creating;
    expect(await count(name)).toBe(1);
  });
});

test('a fault meets the calls it is meant for, and only those', async () => {
  const {logs, iam} = services;
  const met = faults.add({kind: 'denied', operation: 'CreateLogGroup', at: 1, times: 2});
  const outcome = (call: Promise<unknown>) =>
    call.then(
      () => true,
      () => false,
    );
  expect(await outcome(logs.create('g0'))).toBe(true);
  expect(await outcome(iam.create('g1'))).toBe(true);
  expect(await outcome(logs.create('g1'))).toBe(false);
  expect(await outcome(logs.create('g1'))).toBe(false);
  expect(await outcome(logs.create('g1'))).toBe(true);
  expect(met()).toBe(2);
});
