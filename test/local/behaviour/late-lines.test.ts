import {CreateLogGroup$, DeleteLogGroup$, DescribeLogGroups$} from '@aws-sdk/client-cloudwatch-logs';
import {CreateRole$, DeleteRole$, DeleteRolePolicy$, PutRolePolicy$} from '@aws-sdk/client-iam';
import type {StaticOperationSchema} from '@smithy/types';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {lateSink} from '../../../src/local/behaviour/late-sink.ts';
import {createIam} from '../../../src/local/iam/service.ts';
import {createLogs} from '../../../src/local/logs/service.ts';
import type {RequestContext, SchemaService} from '../../../src/local/wire/service.ts';

// A function is deleted with its log group while its last lines are still on their way.

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const caller = {account: '000000000000', region: 'us-east-1'};
const call = (service: SchemaService, schema: StaticOperationSchema, input: object) =>
  service.operations.find(([one]) => one === schema)![1](input, caller as RequestContext);
const logGroupName = '/aws/lambda/f';
const trust =
  '{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}';
const denial = '{"Statement":{"Effect":"Deny","Action":"logs:CreateLogGroup","Resource":"*"}}';
const named = {RoleName: 'r', PolicyName: 'NoLateLogGroups'};

type Iam = ReturnType<typeof createIam>;

test.each([
  ['the role lets it', (_: Iam) => {}, [logGroupName]],
  [
    'an inline policy denies it',
    (iam: Iam) => call(iam.service, PutRolePolicy$, {...named, PolicyDocument: denial}),
    [],
  ],
  [
    'the denial went before the lines came',
    (iam: Iam) => {
      call(iam.service, PutRolePolicy$, {...named, PolicyDocument: denial});
      setTimeout(() => call(iam.service, DeleteRolePolicy$, named), 1_000);
    },
    [logGroupName],
  ],
  ['the role is gone', (iam: Iam) => call(iam.service, DeleteRole$, named), []],
])('late lines and a deleted group: %s', (_, prepare, groups) => {
  const iam = createIam();
  const {service, sink} = createLogs();
  call(iam.service, CreateRole$, {RoleName: 'r', AssumeRolePolicyDocument: trust});
  call(service, CreateLogGroup$, {logGroupName});
  lateSink(sink, 3_000).write([{timestamp: 1, message: 'REPORT'}], {
    ...caller,
    group: logGroupName,
    stream: 's',
    get mayCreateGroup() {
      return iam.roles.mayCreateLogGroup('arn:aws:iam::000000000000:role/r');
    },
  });
  prepare(iam);
  call(service, DeleteLogGroup$, {logGroupName});
  const names = () =>
    call(service, DescribeLogGroups$, {}).logGroups.map((group: {logGroupName: string}) => group.logGroupName);
  vi.advanceTimersByTime(2_999);
  expect(names()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(names()).toEqual(groups);
});
