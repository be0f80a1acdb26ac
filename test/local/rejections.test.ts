import * as apigw from '@aws-sdk/client-api-gateway';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ddb from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import * as lambda from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {until} from '../../src/aws/until.ts';
import type {WantedSettings} from '../../src/local/settings.ts';
import {
  account,
  authorizer,
  build,
  cannotAssume,
  create,
  functionArn,
  hash,
  indexOf,
  integration,
  lambdaUri,
  method,
  permission,
  role,
  roleArn,
  table,
  text,
  timeToLive,
  trust,
  type World,
} from './rejection-world.ts';

// What other emulators are known to accept and AWS rejects, one row each; and what the embedded AWS would otherwise lose silently.

type Rejection = [what: string, call: (world: World) => Promise<unknown>, name: string, status: number, text: RegExp];

const invalid = 'InvalidParameterValueException';
const validation = 'ValidationException';

const rejections: Record<string, Rejection[]> = {
  functions: [
    [
      'a runtime that does not exist',
      create({Runtime: 'nodejs99.x' as lambda.Runtime}),
      invalid,
      400,
      /Member must satisfy enum value set/,
    ],
    ['bytes that are no zip', create({Code: {ZipFile: Buffer.from('no zip')}}), invalid, 400, /unzip/i],
    ['no bytes', create({Code: {ZipFile: new Uint8Array()}}), invalid, 400, /non-empty zip/],
    [
      '901 seconds',
      create({Timeout: 901}),
      validation,
      400,
      /'timeout' failed to satisfy constraint: Member must have value less than or equal to 900/,
    ],
    ['127 MB', create({MemorySize: 127}), validation, 400, /'memorySize'/],
    [
      'a reserved variable',
      create({Environment: {Variables: {AWS_REGION: 'x'}}}),
      invalid,
      400,
      /reserved keys.*AWS_REGION/,
    ],
    [
      'a variable of one letter',
      create({Environment: {Variables: {A: 'x'}}}),
      validation,
      400,
      /Map keys must satisfy constraint/,
    ],
    ['a variable that begins with _', create({Environment: {Variables: {_AB: 'x'}}}), validation, 400, /Map keys/],
    [
      'variables over 4 kB',
      create({Environment: {Variables: {BIG: 'x'.repeat(5_000)}}}),
      invalid,
      400,
      /exceeded the 4KB limit/,
    ],
    ['a name of 65', create({FunctionName: 'f'.repeat(65)}), validation, 400, /functionName/],
    ['a name with a dot', create({FunctionName: 'a.b'}), validation, 400, /functionName/],
    ['a taken name', create({FunctionName: 'f'}), 'ResourceConflictException', 409, /^Function already exist: f$/],
    ['a role of EC2', create({Role: roleArn('ec2')}), invalid, 400, cannotAssume],
    ['no such role', create({Role: roleArn('absent')}), invalid, 400, cannotAssume],
    ['a role that is no ARN', create({Role: 'r'}), validation, 400, /'role' failed to satisfy constraint/],
    ['a handler with a space', create({Handler: 'index handler'}), validation, 400, /'handler'/],
    [
      'a layer that is not there',
      create({Layers: [`arn:aws:lambda:us-east-1:${account}:layer:absent:1`]}),
      invalid,
      400,
      /does not exist/,
    ],
    [
      'six layers',
      create({Layers: [1, 2, 3, 4, 5, 6].map(n => `arn:aws:lambda:us-east-1:${account}:layer:l${n}:1`)}),
      invalid,
      400,
      /more than 5 layers/,
    ],
    [
      'an update of what is not there',
      ({clients}) =>
        clients.lambda.send(new lambda.UpdateFunctionConfigurationCommand({FunctionName: 'absent', Timeout: 3})),
      'ResourceNotFoundException',
      404,
      /^Function not found: arn:aws:lambda/,
    ],
    [
      'an update to a role of EC2',
      ({clients}) =>
        clients.lambda.send(new lambda.UpdateFunctionConfigurationCommand({FunctionName: 'f', Role: roleArn('ec2')})),
      invalid,
      400,
      cannotAssume,
    ],
    [
      'the deletion of what is not there',
      ({clients}) => clients.lambda.send(new lambda.DeleteFunctionCommand({FunctionName: 'absent'})),
      'ResourceNotFoundException',
      404,
      /Function not found/,
    ],
    [
      'the invoke of what is not there',
      ({clients}) => clients.lambda.send(new lambda.InvokeCommand({FunctionName: 'absent'})),
      'ResourceNotFoundException',
      404,
      /Function not found/,
    ],
  ],
  layers: [
    [
      'bytes that are no zip',
      ({clients}) =>
        clients.lambda.send(
          new lambda.PublishLayerVersionCommand({LayerName: 'l', Content: {ZipFile: Buffer.from('no')}}),
        ),
      invalid,
      400,
      /unzip/i,
    ],
    [
      'a name with a dot',
      ({clients, code}) =>
        clients.lambda.send(new lambda.PublishLayerVersionCommand({LayerName: 'a.b', Content: {ZipFile: code}})),
      validation,
      400,
      /layerName/,
    ],
    [
      '16 runtimes',
      ({clients, code}) =>
        clients.lambda.send(
          new lambda.PublishLayerVersionCommand({
            LayerName: 'l',
            Content: {ZipFile: code},
            CompatibleRuntimes: Array(16).fill('nodejs22.x'),
          }),
        ),
      invalid,
      400,
      /15/,
    ],
    [
      'a version that is not there',
      ({clients}) => clients.lambda.send(new lambda.GetLayerVersionCommand({LayerName: 'l', VersionNumber: 9})),
      'ResourceNotFoundException',
      404,
      /does not exist/,
    ],
  ],
  permissions: [
    [
      'a taken statement id',
      permission({StatementId: 'mine'}),
      'ResourceConflictException',
      409,
      /^The statement id \(mine\) provided already exists\. Please provide a new statement id, or remove the existing statement\.$/,
    ],
    ['a statement id with a dot', permission({StatementId: 'a.b'}), validation, 400, /statementId/],
    ['an action of another service', permission({Action: 's3:GetObject'}), validation, 400, /'action'/],
    [
      'a function that is not there',
      permission({FunctionName: 'absent'}),
      'ResourceNotFoundException',
      404,
      /Function not found/,
    ],
    [
      'the removal of what is not there',
      ({clients}) =>
        clients.lambda.send(new lambda.RemovePermissionCommand({FunctionName: 'f', StatementId: 'absent'})),
      'ResourceNotFoundException',
      404,
      /absent is not found/,
    ],
  ],
  roles: [
    [
      'a trust policy that is no JSON',
      role({AssumeRolePolicyDocument: 'trust me'}),
      'MalformedPolicyDocumentException',
      400,
      /./,
    ],
    [
      'a trust policy without a principal',
      role({AssumeRolePolicyDocument: trust('x').replace(/"Principal":\{[^}]*\},/, '')}),
      'MalformedPolicyDocumentException',
      400,
      /principal/i,
    ],
    [
      'a trust policy that is JSON and nonsense',
      role({AssumeRolePolicyDocument: '{"Statement":[{"trust":"me"}]}'}),
      'MalformedPolicyDocumentException',
      400,
      /./,
    ],
    ['a taken name', role({RoleName: 'r'}), 'EntityAlreadyExistsException', 409, /^Role with name r already exists\.$/],
    ['a taken name in other letters', role({RoleName: 'R'}), 'EntityAlreadyExistsException', 409, /already exists/],
    ['a name of 65', role({RoleName: 'r'.repeat(65)}), 'ValidationError', 400, /'roleName'/],
    [
      'a managed policy that does not exist',
      ({clients}) =>
        clients.iam.send(
          new iam.AttachRolePolicyCommand({
            RoleName: 'r',
            PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecution',
          }),
        ),
      'NoSuchEntityException',
      404,
      /does not exist or is not attachable/,
    ],
    [
      'the deletion of a role with policies',
      ({clients}) => clients.iam.send(new iam.DeleteRoleCommand({RoleName: 'r'})),
      'DeleteConflictException',
      409,
      /^Cannot delete entity, must detach all policies first\.$/,
    ],
    [
      'the deletion of what is not there',
      ({clients}) => clients.iam.send(new iam.DeleteRoleCommand({RoleName: 'absent'})),
      'NoSuchEntityException',
      404,
      /^The role with name absent cannot be found\.$/,
    ],
  ],
  tables: [
    ['a name of two letters', table({TableName: 'ab'}), validation, 400, /at least 3 characters/],
    [
      'an index of one letter',
      table({AttributeDefinitions: [text('id'), text('kind')], GlobalSecondaryIndexes: [indexOf('i')]}),
      validation,
      400,
      /length greater than or equal to 3/,
    ],
    ['an attribute that no key uses', table({AttributeDefinitions: [text('id'), text('kind')]}), validation, 400, /./],
    ['a key without its attribute', table({AttributeDefinitions: [text('kind')]}), validation, 400, /./],
    ['a taken name', table({TableName: 'table'}), 'ResourceInUseException', 400, /Table already exists: table/],
    [
      'an item with another type in an index key',
      ({clients}) =>
        clients.dynamodb.send(new ddb.PutItemCommand({TableName: 'table', Item: {id: {S: '1'}, kind: {N: '1'}}})),
      validation,
      400,
      /Type mismatch for Index Key kind Expected: S Actual: N/,
    ],
    [
      'an item without its key',
      ({clients}) => clients.dynamodb.send(new ddb.PutItemCommand({TableName: 'table', Item: {kind: {S: '1'}}})),
      validation,
      400,
      /Missing the key id/,
    ],
    ['TTL that is on', timeToLive('ttl'), validation, 400, /^TimeToLive is already enabled$/],
    [
      'TTL on another attribute',
      timeToLive('expires'),
      validation,
      400,
      /^TimeToLive is active on a different AttributeName: current AttributeName is ttl$/,
    ],
    [
      'a second change of TTL within the hour',
      timeToLive('ttl', false),
      validation,
      400,
      /modified multiple times within a fixed interval/,
    ],
    [
      'an index for a table that is there, which the embedded AWS cannot make',
      ({clients}) =>
        clients.dynamodb.send(
          new ddb.UpdateTableCommand({
            TableName: 'table',
            AttributeDefinitions: [text('other')],
            GlobalSecondaryIndexUpdates: [{Create: {...indexOf('later'), KeySchema: [hash('other')]}}],
          }),
        ),
      validation,
      400,
      /^The embedded DynamoDB makes indexes with their table only/,
    ],
    [
      'the deletion of what is not there',
      ({clients}) => clients.dynamodb.send(new ddb.DeleteTableCommand({TableName: 'absent'})),
      'ResourceNotFoundException',
      400,
      /absent not found/,
    ],
  ],
  APIs: [
    [
      'a taken path',
      ({clients, api}) =>
        clients.apigateway.send(
          new apigw.CreateResourceCommand({restApiId: api.restApiId, parentId: api.rootId, pathPart: 'hello'}),
        ),
      'ConflictException',
      409,
      /^Another resource with the same parent already has this name: hello$/,
    ],
    ['a taken verb', method('GET'), 'ConflictException', 409, /^Method already exists for this resource$/],
    [
      'CUSTOM without an authorizer',
      method('POST', {authorizationType: 'CUSTOM'}),
      'BadRequestException',
      400,
      /authorizer/i,
    ],
    [
      'an authorizer that is not there',
      method('POST', {authorizationType: 'CUSTOM', authorizerId: 'absent'}),
      'BadRequestException',
      400,
      /authorizer/i,
    ],
    ['a taken authorizer name', authorizer({name: 'gate'}), 'ConflictException', 409, /must be unique/],
    [
      'an authorizer that caches by nothing',
      authorizer({authorizerResultTtlInSeconds: 300}),
      'BadRequestException',
      400,
      /Identity source is required/,
    ],
    [
      'an authorizer URI that names a function alone',
      authorizer({authorizerUri: functionArn}),
      'BadRequestException',
      400,
      /Invalid Authorizer URI/,
    ],
    ['an integration URI that names a function alone', integration(functionArn), 'BadRequestException', 400, /./],
    ['an integration URI of nothing', integration('hello'), 'BadRequestException', 400, /./],
    [
      'a deployment without an integration',
      ({clients, api}) => clients.apigateway.send(new apigw.CreateDeploymentCommand({restApiId: api.restApiId})),
      'BadRequestException',
      400,
      /^No integration defined for method$/,
    ],
    [
      'an API that is not there',
      ({clients}) => clients.apigateway.send(new apigw.GetRestApiCommand({restApiId: 'absent'})),
      'NotFoundException',
      404,
      /^Invalid API identifier specified 000000000000:absent$/,
    ],
    [
      'the deletion of an API that is not there',
      ({clients}) => clients.apigateway.send(new apigw.DeleteRestApiCommand({restApiId: 'absent'})),
      'NotFoundException',
      404,
      /Invalid API identifier/,
    ],
  ],
  'log groups': [
    [
      'a retention of 2 days',
      ({clients}) => clients.logs.send(new logs.PutRetentionPolicyCommand({logGroupName: 'group', retentionInDays: 2})),
      'InvalidParameterException',
      400,
      /'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set/,
    ],
    [
      'a taken name',
      ({clients}) => clients.logs.send(new logs.CreateLogGroupCommand({logGroupName: 'group'})),
      'ResourceAlreadyExistsException',
      400,
      /^The specified log group already exists$/,
    ],
    [
      'a name with a space',
      ({clients}) => clients.logs.send(new logs.CreateLogGroupCommand({logGroupName: 'a b'})),
      'InvalidParameterException',
      400,
      /logGroupName/,
    ],
    [
      'AWS’s own prefix',
      ({clients}) => clients.logs.send(new logs.CreateLogGroupCommand({logGroupName: 'aws/x'})),
      'InvalidParameterException',
      400,
      /reserved/,
    ],
    [
      'lines of a group that is not there',
      ({clients}) => clients.logs.send(new logs.FilterLogEventsCommand({logGroupName: 'absent'})),
      'ResourceNotFoundException',
      400,
      /^The specified log group does not exist\.$/,
    ],
  ],
};

const behaviours: [string, WantedSettings][] = [
  ['default', {tableDelayMs: 0}],
  ['aws', {behaviour: 'aws', timeScale: 0.01}],
];

describe.each(behaviours)('with the behaviour %s', (_, settings) => {
  let world: World;
  beforeAll(async () => {
    world = await build(settings);
  });
  afterAll(async () => {
    for (const client of Object.values(world.clients)) client.destroy();
    await world.local.close();
  });

  describe.each(Object.entries(rejections))('%s', (_, rows) => {
    it.each(rows)('%s', async (_what, call, name, status, message) => {
      const refusal = await call(world).then(
        () => 'accepted',
        (error: unknown) => error,
      );
      expect(refusal).toMatchObject({
        name,
        message: expect.stringMatching(message),
        $metadata: {httpStatusCode: status},
      });
    });
  });

  it('a request for a function that lets the API not in is a 500 that starts nothing', async () => {
    const {clients, local, transitions} = world;
    const {id: restApiId, rootResourceId: resourceId} = await clients.apigateway.send(
      new apigw.CreateRestApiCommand({name: 'closed', endpointConfiguration: {types: ['REGIONAL']}}),
    );
    const at = {restApiId, resourceId, httpMethod: 'GET'};
    await clients.apigateway.send(new apigw.PutMethodCommand({...at, authorizationType: 'NONE'}));
    await clients.apigateway.send(
      new apigw.PutIntegrationCommand({...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambdaUri}),
    );
    await clients.apigateway.send(new apigw.CreateDeploymentCommand({restApiId, stageName: 'prod'}));
    const url = `${local.endpoint}/_aws/execute-api/${restApiId}/prod/`;
    const settled = async () => {
      const response = await fetch(url);
      return response.status === 403 ? undefined : response;
    };
    const answer = await until(settled, {what: 'the stage to settle', timeoutMs: 10_000, schedule: [10]});
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({message: 'Internal server error'});
    expect(transitions).toEqual([]);
  });
});
