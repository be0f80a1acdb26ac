import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  type CreateRoleCommandInput,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from '@aws-sdk/client-iam';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {createIam, type Roles} from '../../../src/local/iam/service.ts';
import {startWireServer, type WireServer} from '../../../src/local/wire/server.ts';
import {clientConfig} from '../wire/served.ts';

const trustOf = (service: unknown, more: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{Effect: 'Allow', Principal: {Service: service}, Action: 'sts:AssumeRole', ...more}],
  });
const trust = trustOf('lambda.amazonaws.com');
const permissions = JSON.stringify({
  Version: '2012-10-17',
  Statement: {Effect: 'Allow', Action: ['dynamodb:PutItem'], Resource: 'arn:aws:dynamodb:*:*:table/t & <x>'},
});
const basicExecution = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

let server: WireServer;
let roles: Roles;
let client: IAMClient;
const faults: unknown[] = [];
const create = (more: Partial<CreateRoleCommandInput> = {}) =>
  client.send(new CreateRoleCommand({RoleName: 'r', AssumeRolePolicyDocument: trust, ...more}));

beforeEach(async () => {
  const iam = createIam();
  roles = iam.roles;
  server = await startWireServer({port: 0, services: [iam.service], onFault: fault => faults.push(fault)});
  client = new IAMClient(clientConfig(server.endpoint));
});
afterEach(async () => {
  await server.close();
  expect(faults.splice(0)).toEqual([]);
});

describe('roles', () => {
  it('shows what was made, its document URL-encoded', async () => {
    const {Role: made} = await create({Path: '/demo/', Description: 'ä <&>', Tags: [{Key: 'stack', Value: 'default'}]});
    expect(made).toMatchObject({
      RoleName: 'r',
      Path: '/demo/',
      Arn: 'arn:aws:iam::000000000000:role/demo/r',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      MaxSessionDuration: 3600,
    });
    const {Role: found} = await client.send(new GetRoleCommand({RoleName: 'R'}));
    expect(found).toEqual(made);
    expect(found?.Description).toBe('ä <&>');
    expect(found?.AssumeRolePolicyDocument).not.toContain('{');
    expect(decodeURIComponent(found?.AssumeRolePolicyDocument ?? '')).toBe(trust);
  });

  it('keeps names unique without regard to case', async () => {
    await create({RoleName: 'Demo'});
    await expect(create({RoleName: 'demo'})).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
      message: 'Role with name demo already exists.',
      $metadata: {httpStatusCode: 409},
    });
  });

  it.each([
    ['a space in the name', {RoleName: 'a b'}, 'ValidationError'],
    ['a long name', {RoleName: 'a'.repeat(65)}, 'ValidationError'],
    ['a path without slashes', {Path: 'demo'}, 'ValidationError'],
    ['a long description', {Description: 'x'.repeat(1001)}, 'ValidationError'],
    ['a control character', {Description: '\u0007'}, 'ValidationError'],
    ['a short session', {MaxSessionDuration: 60}, 'ValidationError'],
    ['AWS’s own tag prefix', {Tags: [{Key: 'aws:x', Value: ''}]}, 'ValidationError'],
    ['a trust policy that is no JSON', {AssumeRolePolicyDocument: 'nonsense'}, 'MalformedPolicyDocumentException'],
    ['a trust policy without statements', {AssumeRolePolicyDocument: '{}'}, 'MalformedPolicyDocumentException'],
    [
      'a trust policy with null for a statement',
      {AssumeRolePolicyDocument: '{"Statement":[null]}'},
      'MalformedPolicyDocumentException',
    ],
    [
      'a trust policy that trusts null',
      {AssumeRolePolicyDocument: trust.replace(/\{"Service":"[^"]*"\}/, 'null')},
      'MalformedPolicyDocumentException',
    ],
    [
      'a trust policy with a resource',
      {AssumeRolePolicyDocument: trustOf('x', {Resource: '*'})},
      'MalformedPolicyDocumentException',
    ],
    [
      'a trust policy without a principal',
      {AssumeRolePolicyDocument: permissions.replace('"Resource"', '"Sid"')},
      'MalformedPolicyDocumentException',
    ],
  ])('refuses %s', async (_, wrong, name) => {
    await expect(create(wrong)).rejects.toMatchObject({name, $metadata: {httpStatusCode: 400}});
  });

  it('refuses 51 tags', async () => {
    const Tags = Array.from({length: 51}, (_, index) => ({Key: `k${index}`, Value: 'v'}));
    await expect(create({Tags})).rejects.toMatchObject({
      name: 'LimitExceededException',
      $metadata: {httpStatusCode: 409},
    });
  });

  it('changes tags, description and trust', async () => {
    await create({Tags: [{Key: 'a', Value: '1'}]});
    const RoleName = 'r';
    await client.send(
      new TagRoleCommand({
        RoleName,
        Tags: [
          {Key: 'a', Value: '2'},
          {Key: 'b', Value: ''},
        ],
      }),
    );
    await client.send(new UntagRoleCommand({RoleName, TagKeys: ['b', 'absent']}));
    expect((await client.send(new ListRoleTagsCommand({RoleName}))).Tags).toEqual([{Key: 'a', Value: '2'}]);
    await client.send(new UpdateRoleCommand({RoleName, Description: 'new', MaxSessionDuration: 7200}));
    await client.send(new UpdateAssumeRolePolicyCommand({RoleName, PolicyDocument: trustOf('ec2.amazonaws.com')}));
    const {Role} = await client.send(new GetRoleCommand({RoleName}));
    expect(Role).toMatchObject({Description: 'new', MaxSessionDuration: 7200});
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toContain('ec2');
  });

  it('lists page by page, sorted, without tags', async () => {
    for (const RoleName of ['c', 'a', 'b']) await create({RoleName, Tags: [{Key: 'a', Value: 'b'}]});
    const first = await client.send(new ListRolesCommand({MaxItems: 2}));
    expect([first.Roles?.map(role => role.RoleName), first.IsTruncated]).toEqual([['a', 'b'], true]);
    expect(first.Roles?.[0]).not.toHaveProperty('Tags');
    const second = await client.send(new ListRolesCommand({MaxItems: 2, Marker: first.Marker}));
    expect([second.Roles?.map(role => role.RoleName), second.IsTruncated]).toEqual([['c'], false]);
    await expect(client.send(new ListRolesCommand({Marker: 'x'}))).rejects.toMatchObject({name: 'ValidationError'});
  });

  it('names what is missing', async () => {
    await expect(client.send(new GetRoleCommand({RoleName: 'absent'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name absent cannot be found.',
      $metadata: {httpStatusCode: 404},
    });
    await expect(client.send(new DeleteRoleCommand({RoleName: 'absent'}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

describe('policies of a role', () => {
  const RoleName = 'r';
  const PolicyName = 'DynamoDBAccess';
  beforeEach(() => create());

  it('attaches, lists and detaches managed policies', async () => {
    const attach = () => client.send(new AttachRolePolicyCommand({RoleName, PolicyArn: basicExecution}));
    await attach();
    await attach();
    const {AttachedPolicies} = await client.send(new ListAttachedRolePoliciesCommand({RoleName}));
    expect(AttachedPolicies).toEqual([{PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basicExecution}]);
    const detach = () => client.send(new DetachRolePolicyCommand({RoleName, PolicyArn: basicExecution}));
    await detach();
    await expect(detach()).rejects.toMatchObject({name: 'NoSuchEntityException'});
  });

  it('does not know other managed policies', async () => {
    const PolicyArn = 'arn:aws:iam::aws:policy/Nonsense';
    await expect(client.send(new AttachRolePolicyCommand({RoleName, PolicyArn}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `Policy ${PolicyArn} does not exist or is not attachable.`,
    });
  });

  it('puts, shows URL-encoded, lists and deletes inline policies', async () => {
    await client.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument: permissions}));
    await client.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument: permissions}));
    const found = await client.send(new GetRolePolicyCommand({RoleName, PolicyName}));
    expect(found).toMatchObject({RoleName, PolicyName});
    expect(decodeURIComponent(found.PolicyDocument ?? '')).toBe(permissions);
    expect((await client.send(new ListRolePoliciesCommand({RoleName}))).PolicyNames).toEqual([PolicyName]);
    const remove = () => client.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
    await remove();
    await expect(remove()).rejects.toMatchObject({name: 'NoSuchEntityException'});
    await expect(client.send(new GetRolePolicyCommand({RoleName, PolicyName}))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: `The role policy with name ${PolicyName} cannot be found.`,
    });
  });

  it.each([
    ['no JSON', '{', 'MalformedPolicyDocumentException'],
    ['an unknown version', permissions.replace('2012', '2013'), 'MalformedPolicyDocumentException'],
    ['a wrong effect', permissions.replace('Allow', 'Perhaps'), 'MalformedPolicyDocumentException'],
    ['no action', permissions.replace('Action', 'Acting'), 'MalformedPolicyDocumentException'],
    ['no resource', permissions.replace('Resource', 'Source'), 'MalformedPolicyDocumentException'],
    ['a principal', trust.replace('"Action"', '"Resource":"*","Action"'), 'MalformedPolicyDocumentException'],
    ['more than the quota', permissions.replace('table/t', 'x'.repeat(10_240)), 'LimitExceededException'],
  ])('refuses a document with %s', async (_, PolicyDocument, name) => {
    await expect(client.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument}))).rejects.toMatchObject({
      name,
    });
  });

  it('keeps a role that still has policies', async () => {
    const remove = () => client.send(new DeleteRoleCommand({RoleName}));
    await client.send(new AttachRolePolicyCommand({RoleName, PolicyArn: basicExecution}));
    await client.send(new PutRolePolicyCommand({RoleName, PolicyName, PolicyDocument: permissions}));
    await expect(remove()).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
      $metadata: {httpStatusCode: 409},
    });
    await client.send(new DetachRolePolicyCommand({RoleName, PolicyArn: basicExecution}));
    await expect(remove()).rejects.toMatchObject({message: 'Cannot delete entity, must delete policies first.'});
    await client.send(new DeleteRolePolicyCommand({RoleName, PolicyName}));
    await remove();
    await expect(client.send(new GetRoleCommand({RoleName}))).rejects.toMatchObject({name: 'NoSuchEntityException'});
  });
});

it('has no account alias', async () => {
  expect((await client.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
});

describe('whether Lambda may assume a role', () => {
  it.each([
    ['Lambda alone', trust, true],
    ['Lambda among others', trustOf(['ec2.amazonaws.com', 'lambda.amazonaws.com']), true],
    ['another service', trustOf('ec2.amazonaws.com'), false],
    ['a denial', trustOf('lambda.amazonaws.com', {Effect: 'Deny'}), false],
    ['another action', trustOf('lambda.amazonaws.com', {Action: 'sts:TagSession'}), false],
    ['everyone', trustOf('x').replace('{"Service":"x"}', '"*"'), false],
  ])('trusting %s', async (_, document, expected) => {
    await create({AssumeRolePolicyDocument: document});
    expect(roles.assumableByLambda('arn:aws:iam::000000000000:role/r')).toBe(expected);
  });

  it('is false until the role has spread', async () => {
    const iam = createIam({rolePropagationMs: 300});
    const own = await startWireServer({port: 0, services: [iam.service], onFault: fault => faults.push(fault)});
    const before = Date.now();
    await new IAMClient(clientConfig(own.endpoint)).send(
      new CreateRoleCommand({RoleName: 'r', AssumeRolePolicyDocument: trust}),
    );
    const assumable = () => iam.roles.assumableByLambda('arn:aws:iam::000000000000:role/r');
    expect(assumable()).toBe(false);
    await expect.poll(assumable, {timeout: 5_000, interval: 10}).toBe(true);
    expect(Date.now() - before).toBeGreaterThanOrEqual(300);
    await own.close();
  });

  it('is false for a role that is not there', () => {
    expect(roles.assumableByLambda('arn:aws:iam::000000000000:role/absent')).toBe(false);
  });
});

describe('whether Lambda may bring a log group back', () => {
  const arn = 'arn:aws:iam::000000000000:role/r';
  const policy = (Effect: string, Action: unknown) =>
    JSON.stringify({Version: '2012-10-17', Statement: [{Effect, Action, Resource: '*'}]});

  it.each([
    ['no inline policy', undefined, true],
    ['an allowance', policy('Allow', 'logs:CreateLogGroup'), true],
    ['a denial', policy('Deny', 'logs:CreateLogGroup'), false],
    ['a denial among others', policy('Deny', ['s3:GetObject', 'logs:CreateLogGroup']), false],
    ['a wide denial', policy('Deny', 'logs:*'), false],
    ['a denial of something else', policy('Deny', 'logs:PutLogEvents'), true],
  ])('%s', async (_, document, expected) => {
    await create({AssumeRolePolicyDocument: trust});
    if (document) {
      await client.send(new PutRolePolicyCommand({RoleName: 'r', PolicyName: 'p', PolicyDocument: document}));
    }
    expect(roles.mayCreateLogGroup(arn)).toBe(expected);
  });

  it('is false once the role has gone', () => {
    expect(roles.mayCreateLogGroup(arn)).toBe(false);
  });
});
