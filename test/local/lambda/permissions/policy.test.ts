import {
  AddPermission$,
  CreateFunction$,
  GetPolicy$,
  type GetPolicyResponse,
  RemovePermission$,
} from '@aws-sdk/client-lambda';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {arnLike} from '../../../../src/local/lambda/permissions/policy.ts';
import {functionInput, startLambda, type TestLambda} from '../service/call.ts';
import {until} from '../service/until.ts';

const api = 'arn:aws:execute-api:us-east-1:000000000000:abc';

test.each([
  [`${api}/prod/GET/hello`, `${api}/prod/GET/hello`, true],
  [`${api}/*/GET/hello`, `${api}/prod/GET/hello`, true],
  [`${api}/*/GET/hello`, `${api}/prod/POST/hello`, false],
  [`${api}/*`, `${api}/prod/GET/hello/world`, true],
  [`${api}/*/*/*`, `${api}/prod/GET/`, true],
  [`${api}/???d/GET/*`, `${api}/prod/GET/x:y`, true],
  ['arn:aws:execute-api:*:*:abc/*', `${api}/prod/GET/hello`, true],
  ['arn:aws:execute-api:us-east-1:*', `${api}/prod/GET/hello`, false],
  ['arn:aws:execute-api:*:abc/prod/GET/hello', `${api}/prod/GET/hello`, false],
  [`${api}`, `${api}/prod/GET/hello`, false],
  ['*', `${api}/prod/GET/hello`, true],
  [`${api}/**a*`, `${api}/xxa`, true],
  [`${api}/a*b*c`, `${api}/a-b-b-d`, false],
])('ArnLike %s and %s: %s', (pattern, arn, expected) => {
  expect(arnLike(pattern, arn)).toBe(expected);
});

test('a pattern made to be slow is not', () => {
  const started = performance.now();
  expect(arnLike(`${api}/${'*a'.repeat(500)}b`, `${api}/${'a'.repeat(2_000)}`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(1_000);
});

describe('a function with a resource policy', () => {
  let aws: TestLambda;
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
  const source = {principal: 'apigateway.amazonaws.com', arn: `${api}/prod/GET/hello`};
  const invoke = (one = source) => aws.lambda.invoke({functionArn, payload: Buffer.from('{}'), source: one});
  const allowed = () =>
    invoke().then(
      () => true,
      error => error.code,
    );
  const add = (more: object = {}) =>
    aws.call<{Statement: string}>(AddPermission$, {
      FunctionName: 'f',
      StatementId: 's1',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      ...more,
    });

  beforeEach(async () => {
    aws = await startLambda();
    await aws.call(CreateFunction$, await functionInput('f'));
    await until('Active', async () => (await allowed()) === 'AccessDeniedException');
  });
  afterEach(() => aws.end());

  test('without a statement the source is denied', async () => {
    await expect(invoke()).rejects.toMatchObject({code: 'AccessDeniedException', status: 403});
  });

  test.each([
    ['any source', {}, true],
    ['its ARN', {SourceArn: `${api}/*/GET/hello`}, true],
    ['another method', {SourceArn: `${api}/*/POST/hello`}, false],
    ['its account', {SourceAccount: '000000000000'}, true],
    ['another account', {SourceAccount: '111111111111'}, false],
    ['another service', {Principal: 's3.amazonaws.com'}, false],
    ['everybody', {Principal: '*'}, true],
    ['another action', {Action: 'lambda:GetFunction'}, false],
    ['every action', {Action: 'lambda:*'}, true],
    ['an account, which is no service', {Principal: '000000000000'}, false],
    ['a version', {Qualifier: '$LATEST'}, false],
  ])('a statement for %s', async (_, more, expected) => {
    await add(more);
    expect(await allowed()).toBe(expected || 'AccessDeniedException');
  });

  test('while a change is written another one of the same function is refused', async () => {
    const slow = await startLambda({settings: {policyWriteMs: 50}});
    for (const name of ['f', 'g']) await slow.call(CreateFunction$, await functionInput(name));
    const permit = (FunctionName: string, StatementId: string) =>
      slow.call(AddPermission$, {FunctionName, StatementId, Action: '*', Principal: '*'});
    const [first, second, other] = await Promise.allSettled([permit('f', 'a'), permit('f', 'b'), permit('g', 'b')]);
    expect([first.status, other.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(second).toMatchObject({
      reason: {
        code: 'ResourceConflictException',
        status: 409,
        message: 'The function could not be updated due to a concurrent update operation.',
      },
    });
    await permit('f', 'b');
    const {Policy} = await slow.call<GetPolicyResponse>(GetPolicy$, {FunctionName: 'f'});
    expect(JSON.parse(Policy!).Statement.map(({Sid}: {Sid: string}) => Sid)).toEqual(['a', 'b']);
    await slow.end();
  });

  test('AddPermission answers the statement, GetPolicy all of them, RemovePermission takes it away', async () => {
    const {Statement} = await add({SourceArn: `${api}/*`});
    const statement = {
      Sid: 's1',
      Effect: 'Allow',
      Principal: {Service: 'apigateway.amazonaws.com'},
      Action: 'lambda:InvokeFunction',
      Resource: functionArn,
      Condition: {ArnLike: {'AWS:SourceArn': `${api}/*`}},
    };
    expect(JSON.parse(Statement)).toEqual(statement);
    const {Policy} = await aws.call<GetPolicyResponse>(GetPolicy$, {FunctionName: 'f'});
    expect(JSON.parse(Policy ?? '')).toEqual({Version: '2012-10-17', Id: 'default', Statement: [statement]});
    expect(await allowed()).toBe(true);
    await aws.call(RemovePermission$, {FunctionName: 'f', StatementId: 's1'});
    expect(await allowed()).toBe('AccessDeniedException');
    await expect(aws.call(GetPolicy$, {FunctionName: 'f'})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'The resource you requested does not exist.',
    });
  });

  test('refusals', async () => {
    await add();
    await expect(add()).rejects.toMatchObject({
      code: 'ResourceConflictException',
      message: expect.stringContaining('The statement id (s1) provided already exists.'),
    });
    await expect(add({StatementId: 'a b'})).rejects.toMatchObject({code: 'ValidationException'});
    await expect(add({StatementId: 's2', Action: 's3:Get'})).rejects.toMatchObject({code: 'ValidationException'});
    await expect(add({StatementId: 's2', RevisionId: 'old'})).rejects.toMatchObject({status: 412});
    await expect(aws.call(RemovePermission$, {FunctionName: 'f', StatementId: 's9'})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    const long = Array.from({length: 200}, (_, index) => index);
    const fill = async () => {
      for (const index of long) await add({StatementId: `n${index}`, SourceArn: `${api}/${'x'.repeat(100)}`});
    };
    await expect(fill()).rejects.toMatchObject({code: 'PolicyLengthExceededException', status: 400});
  });
});
