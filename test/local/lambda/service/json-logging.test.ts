import {CloudWatchLogsClient, FilterLogEventsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type LocalAws, startLocalAws} from '../../../../src/local/start.ts';
import {clientConfig} from '../../wire/served.ts';
import {zipOf} from './call.ts';
import {until} from './until.ts';

let local: LocalAws;
beforeAll(async () => {
  local = await startLocalAws({port: 0});
});
afterAll(() => local.close());

test('lines of the JSON log format are in the named group, in the tail, and found by JSON patterns', {
  timeout: 60_000,
}, async () => {
  const config = clientConfig(local.endpoint);
  const [iam, lambda, logs] = [new IAMClient(config), new LambdaClient(config), new CloudWatchLogsClient(config)];
  const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
  const AssumeRolePolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: [trust]});
  const {Role} = await iam.send(new CreateRoleCommand({RoleName: 'r', AssumeRolePolicyDocument}));
  const code = "exports.handler = async n => { console.log({n}); console.debug('hidden'); };";
  const FunctionName = 'f';
  await lambda.send(
    new CreateFunctionCommand({
      ...{FunctionName, Role: Role?.Arn, Runtime: 'nodejs24.x', Handler: 'index.handler'},
      Code: {ZipFile: await zipOf({'index.js': code})},
      LoggingConfig: {LogFormat: 'JSON', LogGroup: '/mine/all'},
    }),
  );
  const read = () => lambda.send(new GetFunctionConfigurationCommand({FunctionName}));
  await until('Active', async () => (await read()).State === 'Active');
  const {LogResult = ''} = await lambda.send(new InvokeCommand({FunctionName, LogType: 'Tail', Payload: '41'}));
  const tail = Buffer.from(LogResult, 'base64').toString().trim().split('\n');
  expect(tail.map(line => JSON.parse(line).type ?? JSON.parse(line).message)).toEqual([
    'platform.start',
    {n: 41},
    'platform.report',
  ]);
  const found = async (filterPattern: string) => {
    const {events} = await logs.send(new FilterLogEventsCommand({logGroupName: '/mine/all', filterPattern}));
    return events?.map(event => event.message);
  };
  expect(await found('{ $.type = "platform.report" && $.record.metrics.billedDurationMs >= 1 }')).toEqual([tail[2]]);
  expect(await found('{ $.level = INFO && $.message.n > 40 }')).toEqual([tail[1]]);
  expect(await found('hidden')).toEqual([]);
});
