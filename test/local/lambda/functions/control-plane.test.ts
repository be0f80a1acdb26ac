import {
  CreateFunction$,
  DeleteFunction$,
  DeleteFunctionConcurrency$,
  type FunctionConfiguration,
  GetAccountSettings$,
  type GetAccountSettingsResponse,
  GetFunction$,
  GetFunctionCodeSigningConfig$,
  GetFunctionConcurrency$,
  GetFunctionConfiguration$,
  type GetFunctionResponse,
  ListFunctions$,
  type ListFunctionsResponse,
  ListTags$,
  ListVersionsByFunction$,
  type ListVersionsByFunctionResponse,
  PublishVersion$,
  PutFunctionConcurrency$,
  TagResource$,
  UntagResource$,
  UpdateFunctionCode$,
  UpdateFunctionConfiguration$,
} from '@aws-sdk/client-lambda';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {functionInput, role, startLambda, type TestLambda, zipOf} from '../service/call.ts';
import {until} from '../service/until.ts';

let aws: TestLambda;
beforeEach(async () => {
  aws = await startLambda();
});
afterEach(() => aws.end());

const arn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
const configuration = (more: object = {}) =>
  aws.call<FunctionConfiguration>(GetFunctionConfiguration$, {FunctionName: 'f', ...more});
const settled = () => until('update done', async () => (await configuration()).LastUpdateStatus === 'Successful');

async function create(more: object = {}, name = 'f'): Promise<FunctionConfiguration> {
  const created = await aws.call<FunctionConfiguration>(CreateFunction$, await functionInput(name, more));
  const state = async () => (await configuration({FunctionName: name})).State;
  await until('Active', async () => (await state()) === 'Active');
  return created;
}

describe('CreateFunction', () => {
  test('gives what clients wait for and compare', async () => {
    const created = await create({Environment: {Variables: {AB: '1'}}, Architectures: ['arm64'], MemorySize: 256});
    expect(created).toMatchObject({
      FunctionName: 'f',
      FunctionArn: arn,
      Runtime: 'nodejs24.x',
      Role: role,
      Version: '$LATEST',
      State: 'Pending',
      StateReasonCode: 'Creating',
      Timeout: 3,
      MemorySize: 256,
      PackageType: 'Zip',
      Architectures: ['arm64'],
      Environment: {Variables: {AB: '1'}},
      LoggingConfig: {LogFormat: 'Text', LogGroup: '/aws/lambda/f'},
    });
    expect(created.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    expect(created.CodeSha256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(await configuration()).toMatchObject({State: 'Active', LastUpdateStatus: 'Successful'});
  });

  test('with Publish it answers the first version', async () => {
    expect(await create({Publish: true})).toMatchObject({Version: '1', FunctionArn: `${arn}:1`});
  });

  test('a name that is taken is a conflict', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
      message: 'Function already exist: f',
    });
  });

  test('of two at the same time one wins', async () => {
    const both = await Promise.allSettled([create(), create()]);
    expect(both.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('a role that Lambda cannot assume', async () => {
    await aws.end();
    aws = await startLambda({roles: {assumableByLambda: () => false}});
    await expect(create()).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: 'The role defined for the function cannot be assumed by Lambda.',
    });
  });

  const big = 'x'.repeat(4_100);
  test.each([
    ['a name with a space', {FunctionName: 'a b'}, 'ValidationException', /'functionName' failed.*regular expression/],
    ['a long name', {FunctionName: 'a'.repeat(65)}, 'ValidationException', /functionName/],
    ['timeout 0', {Timeout: 0}, 'ValidationException', /'0' at 'timeout'.*greater than or equal to 1$/],
    ['timeout 901', {Timeout: 901}, 'ValidationException', /less than or equal to 900$/],
    ['memory 127', {MemorySize: 127}, 'ValidationException', /'memorySize'.*128/],
    ['memory 10241', {MemorySize: 10_241}, 'ValidationException', /10240/],
    ['a handler with a space', {Handler: 'a b'}, 'ValidationException', /'handler'/],
    ['no handler', {Handler: undefined}, 'InvalidParameterValueException', /Runtime and Handler are mandatory/],
    ['a role that is no ARN', {Role: 'demo'}, 'ValidationException', /'role'/],
    ['an unknown runtime', {Runtime: 'nodejs99.x'}, 'InvalidParameterValueException', /Value nodejs99.x at 'runtime'/],
    ['a runtime we cannot run', {Runtime: 'java21'}, 'InvalidParameterValueException', /not supported by the embedded/],
    ['an image', {PackageType: 'Image'}, 'InvalidParameterValueException', /Image/],
    [
      'code from S3',
      {Code: {S3Bucket: 'b', S3Key: 'k'}},
      'InvalidParameterValueException',
      /S3Bucket is not supported/,
    ],
    ['no code', {Code: {}}, 'InvalidParameterValueException', /non-empty zip/],
    ['no zip', {Code: {ZipFile: Buffer.from('nonsense')}}, 'InvalidParameterValueException', /Could not unzip/],
    ['a short variable', {Environment: {Variables: {A: '1'}}}, 'ValidationException', /environment.variables/],
    ['a variable with _', {Environment: {Variables: {_AB: '1'}}}, 'ValidationException', /Map keys must satisfy/],
    [
      'a reserved variable',
      {Environment: {Variables: {AWS_REGION: 'x', OK: '1'}}},
      'InvalidParameterValueException',
      /Reserved keys used in this request: AWS_REGION$/,
    ],
    ['4 kB of variables', {Environment: {Variables: {BIG: big}}}, 'InvalidParameterValueException', /4KB limit/],
    ['two architectures', {Architectures: ['arm64', 'x86_64']}, 'InvalidParameterValueException', /exactly one/],
    ['an unknown architecture', {Architectures: ['mips']}, 'ValidationException', /enum value set: \[arm64, x86_64\]/],
    ['six layers', {Layers: Array(6).fill('arn:a:1')}, 'InvalidParameterValueException', /more than 5 layers/],
    [
      'an unknown layer',
      {Layers: ['arn:x:1']},
      'InvalidParameterValueException',
      /^Layer version arn:x:1 does not exist/,
    ],
    ['a tag of AWS', {Tags: {'aws:x': '1'}}, 'InvalidParameterValueException', /System tags/],
    ['a VPC', {VpcConfig: {SubnetIds: ['s']}}, 'InvalidParameterValueException', /VpcConfig is not supported/],
  ])('refuses %s', async (_, more, code, message) => {
    const refused = await create(more).catch(error => error);
    expect(refused).toMatchObject({code, status: 400});
    expect(refused.message).toMatch(message);
    expect(await aws.call<ListFunctionsResponse>(ListFunctions$)).toEqual({Functions: []});
  });

  test('tells all constraint violations at once', async () => {
    const refused = await create({Timeout: 0, MemorySize: 1}).catch(error => error);
    expect(refused.message).toMatch(
      /^2 validation errors detected: Value '0' at 'timeout' .*; Value '1' at 'memorySize'/,
    );
  });
});

describe('reading', () => {
  test('GetFunction gives tags, reservation and a location that can be downloaded', async () => {
    const zip = await zipOf({'index.mjs': '// mine'});
    await create({Tags: {who: 'me'}, Code: {ZipFile: zip}});
    await aws.call(PutFunctionConcurrency$, {FunctionName: 'f', ReservedConcurrentExecutions: 5});
    const got = await aws.call<GetFunctionResponse>(GetFunction$, {FunctionName: arn});
    expect(got).toMatchObject({Tags: {who: 'me'}, Concurrency: {ReservedConcurrentExecutions: 5}});
    const key = got.Code?.Location?.split('/').at(-1) ?? '';
    expect(await aws.lambda.download(key)).toEqual(zip);
    expect(await aws.lambda.download('../../etc/passwd')).toBeUndefined();
  });

  test('no function has a code signing configuration', async () => {
    await create();
    const answer = await aws.call(GetFunctionCodeSigningConfig$, {FunctionName: 'f'});
    expect(answer).toEqual({FunctionName: 'f', CodeSigningConfigArn: ''});
  });

  test.each([
    ['f', arn],
    ['f:$LATEST', `${arn}:$LATEST`],
    ['000000000000:function:f', arn],
    [arn, arn],
  ])('finds it as %s', async (FunctionName, expected) => {
    await create();
    expect(await configuration({FunctionName})).toMatchObject({FunctionArn: expected});
  });

  test.each(['g', 'f:7', 'f:alias', 'arn:aws:lambda:eu-west-1:000000000000:function:f'])('404 for %s', async name => {
    await create();
    const missing = await configuration({FunctionName: name}).catch(error => error);
    expect(missing).toMatchObject({code: 'ResourceNotFoundException', status: 404, members: {Type: 'User'}});
    expect(missing.message).toMatch(/^Function not found: arn:aws:lambda:/);
  });

  test('two qualifiers that disagree', async () => {
    await create();
    await expect(configuration({FunctionName: 'f:1', Qualifier: '2'})).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
    });
  });

  test('ListFunctions is sorted, paged, of one Region, and without states', async () => {
    for (const name of ['c', 'a', 'b']) await create({}, name);
    const first = await aws.call<ListFunctionsResponse>(ListFunctions$, {MaxItems: 2});
    const second = await aws.call<ListFunctionsResponse>(ListFunctions$, {MaxItems: 2, Marker: first.NextMarker});
    const names = [first, second].map(one => one.Functions?.map(({FunctionName}) => FunctionName));
    expect(names).toEqual([['a', 'b'], ['c']]);
    expect(second.NextMarker).toBeUndefined();
    expect(first.Functions?.[0]).not.toHaveProperty('State');
    expect(await aws.call(ListFunctions$, {}, {region: 'eu-west-1'})).toEqual({Functions: []});
    await expect(aws.call(ListFunctions$, {Marker: 'x'})).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
    });
  });
});

describe('updates', () => {
  test('what is left out stays, Environment and Layers are replaced as a whole', async () => {
    await create({Environment: {Variables: {AB: '1', CD: '2'}}, Timeout: 9, Description: 'old'});
    await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Environment: {Variables: {EF: '3'}}});
    await settled();
    const after = await configuration();
    expect(after).toMatchObject({Timeout: 9, Description: 'old', Environment: {Variables: {EF: '3'}}});
    expect(after.Environment?.Variables).toEqual({EF: '3'});
    await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Environment: {Variables: {}}});
    await settled();
    expect(await configuration()).not.toHaveProperty('Environment');
  });

  test('every change makes a new revision, and RevisionId guards it', async () => {
    const {RevisionId: first} = await create();
    const change = (RevisionId: string | undefined, Timeout: number) =>
      aws.call<FunctionConfiguration>(UpdateFunctionConfiguration$, {FunctionName: 'f', RevisionId, Timeout});
    const {RevisionId: second} = await change(first, 4);
    expect(second).not.toBe(first);
    await settled();
    await expect(change(first, 5)).rejects.toMatchObject({code: 'PreconditionFailedException', status: 412});
    expect(await configuration()).toMatchObject({Timeout: 4, RevisionId: second});
  });

  test('a second update meanwhile is a conflict, with the text that clients match', async () => {
    await aws.end();
    aws = await startLambda({settings: {functionUpdateMs: 200}});
    await create();
    const updating = await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Timeout: 4});
    expect(updating).toMatchObject({LastUpdateStatus: 'InProgress', State: 'Active'});
    const again = {FunctionName: 'f', ZipFile: await zipOf({'index.mjs': '1'})};
    await expect(aws.call(UpdateFunctionCode$, again)).rejects.toMatchObject({
      code: 'ResourceConflictException',
      status: 409,
      message: `The operation cannot be performed at this time. An update is in progress for resource: ${arn}`,
    });
    await settled();
    await aws.call(UpdateFunctionCode$, again);
  });

  test.each([
    ['Pending', {functionCreateMs: 60_000}, 'The function is currently in the following state: Pending'],
    ['InProgress', {functionUpdateMs: 60_000}, `An update is in progress for resource: ${arn}`],
  ])('while it is %s nothing else can be changed', async (state, settings, why) => {
    await aws.end();
    aws = await startLambda({settings});
    await aws.call(CreateFunction$, await functionInput('f'));
    if (state === 'InProgress') {
      await until('Active', async () => (await configuration()).State === 'Active');
      await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Timeout: 4});
    }
    const ZipFile = await zipOf({'index.mjs': '1'});
    for (const [operation, input] of [
      [UpdateFunctionConfiguration$, {Timeout: 5}],
      [UpdateFunctionCode$, {ZipFile}],
      [PublishVersion$, {}],
    ] as const) {
      await expect(aws.call(operation, {FunctionName: 'f', ...input})).rejects.toMatchObject({
        ...{code: 'ResourceConflictException', status: 409, members: {Type: 'User'}},
        message: `The operation cannot be performed at this time. ${why}`,
      });
    }
    expect((await configuration()).Timeout).toBe(state === 'Pending' ? 3 : 4);
    await aws.call(DeleteFunction$, {FunctionName: 'f'});
  });

  test('UpdateFunctionCode with DryRun answers the change and makes none', async () => {
    const {CodeSha256: before} = await create();
    const input = {FunctionName: 'f', ZipFile: await zipOf({'index.mjs': '// other'}), DryRun: true};
    const dry = await aws.call<FunctionConfiguration>(UpdateFunctionCode$, input);
    expect(dry.CodeSha256).not.toBe(before);
    expect(await configuration()).toMatchObject({CodeSha256: before});
    await aws.call(UpdateFunctionCode$, {...input, DryRun: false});
    await settled();
    expect(await configuration()).toMatchObject({CodeSha256: dry.CodeSha256});
  });

  test('the same bytes have the same CodeSha256', async () => {
    const ZipFile = await zipOf({'index.mjs': '// same'});
    const one = await create({Code: {ZipFile}}, 'one');
    const other = await create({Code: {ZipFile}}, 'other');
    expect(one.CodeSha256).toBe(other.CodeSha256);
  });
});

test('versions are snapshots; publishing without a change gives the last one again', async () => {
  await create({Timeout: 4});
  const publish = () => aws.call<FunctionConfiguration>(PublishVersion$, {FunctionName: 'f', Description: 'mine'});
  expect(await publish()).toMatchObject({Version: '1', Description: 'mine', Timeout: 4});
  expect(await publish()).toMatchObject({Version: '1'});
  await aws.call(UpdateFunctionConfiguration$, {FunctionName: 'f', Timeout: 5});
  await settled();
  expect(await publish()).toMatchObject({Version: '2', Timeout: 5});
  const listed = await aws.call<ListVersionsByFunctionResponse>(ListVersionsByFunction$, {FunctionName: 'f'});
  expect(listed.Versions?.map(({Version, Timeout}) => [Version, Timeout])).toEqual([
    ['$LATEST', 5],
    ['1', 4],
    ['2', 5],
  ]);
  await aws.call(DeleteFunction$, {FunctionName: 'f', Qualifier: '1'});
  await expect(configuration({Qualifier: '1'})).rejects.toMatchObject({code: 'ResourceNotFoundException'});
  expect(await configuration({Qualifier: '2'})).toMatchObject({Version: '2'});
});

test('DeleteFunction, then 404', async () => {
  await create();
  expect(await aws.call(DeleteFunction$, {FunctionName: 'f'})).toEqual({StatusCode: 204});
  await expect(configuration()).rejects.toMatchObject({code: 'ResourceNotFoundException'});
  await expect(aws.call(DeleteFunction$, {FunctionName: 'f'})).rejects.toMatchObject({status: 404});
});

test('tags', async () => {
  await create({Tags: {one: '1'}});
  await aws.call(TagResource$, {Resource: arn, Tags: {two: '2'}});
  expect(await aws.call(ListTags$, {Resource: arn})).toEqual({Tags: {one: '1', two: '2'}});
  await aws.call(UntagResource$, {Resource: arn, TagKeys: ['one', 'none']});
  expect(await aws.call(ListTags$, {Resource: arn})).toEqual({Tags: {two: '2'}});
  const many = Object.fromEntries(Array.from({length: 50}, (_, index) => [`key${index}`, '']));
  await expect(aws.call(TagResource$, {Resource: arn, Tags: many})).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
  });
});

test('reserved concurrency and what the account has left', async () => {
  await create();
  expect(await aws.call(GetFunctionConcurrency$, {FunctionName: 'f'})).toEqual({});
  const put = (ReservedConcurrentExecutions: number) =>
    aws.call(PutFunctionConcurrency$, {FunctionName: 'f', ReservedConcurrentExecutions});
  await put(0);
  expect(await aws.call(GetFunctionConcurrency$, {FunctionName: 'f'})).toEqual({ReservedConcurrentExecutions: 0});
  await put(900);
  await expect(put(901)).rejects.toMatchObject({code: 'InvalidParameterValueException'});
  const account = await aws.call<GetAccountSettingsResponse>(GetAccountSettings$);
  expect(account.AccountLimit).toMatchObject({ConcurrentExecutions: 1_000, UnreservedConcurrentExecutions: 100});
  expect(account.AccountUsage?.FunctionCount).toBe(1);
  await aws.call(DeleteFunctionConcurrency$, {FunctionName: 'f'});
  expect(await aws.call(GetFunctionConcurrency$, {FunctionName: 'f'})).toEqual({});
});
