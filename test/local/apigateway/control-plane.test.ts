import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteAuthorizerCommand,
  DeleteDeploymentCommand,
  DeleteResourceCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetAuthorizersCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAuthorizerCommand,
  UpdateIntegrationCommand,
  UpdateMethodCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {lambdaUri, serveApiGateway} from './served.ts';

let served: Awaited<ReturnType<typeof serveApiGateway>>;
beforeAll(async () => {
  served = await serveApiGateway();
});
afterAll(async () => {
  await served.close();
  expect(served.faults).toEqual([]);
});

async function freshApi() {
  const api = await served.client.send(
    new CreateRestApiCommand({name: 'api', tags: {a: '1'}, endpointConfiguration: {types: ['REGIONAL']}}),
  );
  return {restApiId: api.id!, rootId: api.rootResourceId!};
}

const createResource = (restApiId: string, parentId: string, pathPart: string) =>
  served.client.send(new CreateResourceCommand({restApiId, parentId, pathPart}));
const createAuthorizer = (restApiId: string, more: object = {}) =>
  served.client.send(
    new CreateAuthorizerCommand({
      restApiId,
      name: 'authorizer',
      type: 'REQUEST',
      authorizerUri: lambdaUri('authorizer'),
      authorizerResultTtlInSeconds: 0,
      ...more,
    }),
  );
const putMethod = (restApiId: string, resourceId: string, more: object = {}) =>
  served.client.send(
    new PutMethodCommand({restApiId, resourceId, httpMethod: 'GET', authorizationType: 'NONE', ...more}),
  );
const putIntegration = (restApiId: string, resourceId: string, more: object = {}) =>
  served.client.send(
    new PutIntegrationCommand({
      restApiId,
      resourceId,
      httpMethod: 'GET',
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: lambdaUri('target'),
      ...more,
    }),
  );
const deploy = (restApiId: string) =>
  served.client.send(new CreateDeploymentCommand({restApiId, stageName: 'prod', description: 'first'}));

async function deployedApi() {
  const api = await freshApi();
  await putMethod(api.restApiId, api.rootId);
  await putIntegration(api.restApiId, api.rootId);
  const {id} = await deploy(api.restApiId);
  return {...api, deploymentId: id!};
}

const refused = (name: string, message: string | RegExp) => ({
  name,
  message: typeof message === 'string' ? message : expect.stringMatching(message),
});

describe('REST APIs', () => {
  test('are made, found, changed and deleted', async () => {
    const {restApiId, rootId} = await freshApi();
    const api = await served.client.send(new GetRestApiCommand({restApiId}));
    expect(api).toMatchObject({
      name: 'api',
      tags: {a: '1'},
      rootResourceId: rootId,
      endpointConfiguration: {types: ['REGIONAL']},
    });
    expect(api.createdDate!.getTime() % 1_000).toBe(0);
    const patchOperations = [{op: 'replace' as const, path: '/description', value: 'text'}];
    await served.client.send(new UpdateRestApiCommand({restApiId, patchOperations}));
    const listed = (await served.client.send(new GetRestApisCommand({limit: 500}))).items!;
    expect(listed.find(item => item.id === restApiId)?.description).toBe('text');
    await served.client.send(new DeleteRestApiCommand({restApiId}));
    const missing = refused('NotFoundException', `Invalid API identifier specified 000000000000:${restApiId}`);
    await expect(served.client.send(new DeleteRestApiCommand({restApiId}))).rejects.toMatchObject(missing);
  });

  test('have tags by their ARN', async () => {
    const {restApiId} = await freshApi();
    const resourceArn = `arn:aws:apigateway:us-east-1::/restapis/${restApiId}`;
    await served.client.send(new TagResourceCommand({resourceArn, tags: {b: '2'}}));
    await served.client.send(new UntagResourceCommand({resourceArn, tagKeys: ['a']}));
    expect((await served.client.send(new GetTagsCommand({resourceArn}))).tags).toEqual({b: '2'});
    await expect(served.client.send(new TagResourceCommand({resourceArn, tags: {'aws:x': '1'}}))).rejects.toMatchObject(
      {name: 'BadRequestException'},
    );
  });

  test('of another region are not there', async () => {
    const {restApiId} = await freshApi();
    const elsewhere = new APIGatewayClient({
      region: 'eu-west-1',
      endpoint: served.endpoint,
      credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
    });
    expect((await elsewhere.send(new GetRestApisCommand({}))).items ?? []).toEqual([]);
    await expect(elsewhere.send(new GetRestApiCommand({restApiId}))).rejects.toMatchObject({name: 'NotFoundException'});
    elsewhere.destroy();
  });
});

describe('resources', () => {
  test('form a tree that is listed with and without methods', async () => {
    const {restApiId, rootId} = await freshApi();
    const hello = await createResource(restApiId, rootId, 'hello');
    const child = await createResource(restApiId, hello.id!, '{id}');
    expect(child.path).toBe('/hello/{id}');
    await putMethod(restApiId, hello.id!);
    const plain = await served.client.send(new GetResourcesCommand({restApiId}));
    expect(plain.items!.map(item => item.path)).toEqual(['/', '/hello', '/hello/{id}']);
    expect(plain.items![1]!.resourceMethods).toEqual({GET: {}});
    const embedded = await served.client.send(new GetResourcesCommand({restApiId, embed: ['methods']}));
    expect(embedded.items![1]!.resourceMethods!.GET!.authorizationType).toBe('NONE');
    await served.client.send(new DeleteResourceCommand({restApiId, resourceId: hello.id!}));
    expect((await served.client.send(new GetResourcesCommand({restApiId}))).items!.map(item => item.path)).toEqual([
      '/',
    ]);
  });

  test('are refused as API Gateway does', async () => {
    const {restApiId, rootId} = await freshApi();
    await createResource(restApiId, rootId, 'hello');
    const greedy = await createResource(restApiId, rootId, '{proxy+}');
    const cases: [string, string, string, string | RegExp][] = [
      [rootId, 'hello', 'ConflictException', 'Another resource with the same parent already has this name: hello'],
      [rootId, '{x}', 'BadRequestException', /^A sibling \(\{proxy\+\}\) of this resource already has a variable/],
      [rootId, 'a b', 'BadRequestException', /^Resource's path part only allow/],
      [greedy.id!, 'x', 'BadRequestException', /greedy path variable: \{proxy\+\}$/],
      ['nowhere', 'x', 'NotFoundException', 'Invalid Resource identifier specified'],
    ];
    for (const [parent, part, name, message] of cases) {
      await expect(createResource(restApiId, parent, part)).rejects.toMatchObject(refused(name, message));
    }
  });
});

describe('methods and integrations', () => {
  test('a second method for a verb is a conflict, CUSTOM needs an authorizer', async () => {
    const {restApiId, rootId} = await freshApi();
    const noAuthorizer = refused('BadRequestException', /^Invalid authorizer ID specified/);
    await expect(putMethod(restApiId, rootId, {authorizationType: 'CUSTOM'})).rejects.toMatchObject(noAuthorizer);
    const {id: authorizerId} = await createAuthorizer(restApiId);
    await putMethod(restApiId, rootId, {authorizationType: 'CUSTOM', authorizerId});
    await expect(putMethod(restApiId, rootId)).rejects.toMatchObject(
      refused('ConflictException', 'Method already exists for this resource'),
    );
    const patchOperations = [{op: 'replace' as const, path: '/authorizationType', value: 'NONE'}];
    await served.client.send(
      new UpdateMethodCommand({restApiId, resourceId: rootId, httpMethod: 'GET', patchOperations}),
    );
    const method = await served.client.send(new GetMethodCommand({restApiId, resourceId: rootId, httpMethod: 'GET'}));
    expect([method.authorizationType, method.authorizerId]).toEqual(['NONE', undefined]);
  });

  test.each([
    ['no ARN', {uri: 'https://example.com'}, 'Invalid ARN specified in the request'],
    ['an ARN of a function', {uri: lambdaUri('f').split('functions/')[1]!}, /must contain path or action/],
    [
      'a function ARN that is none',
      {uri: lambdaUri('f').replace(':function:', ':')},
      'Invalid ARN specified in the request',
    ],
    ['a timeout above the limit', {timeoutInMillis: 29_001}, /^Timeout should be between/],
    ['another type', {type: 'HTTP_PROXY'}, /AWS_PROXY integrations only/],
  ])('an integration with %s is refused', async (_, more, message) => {
    const {restApiId, rootId} = await freshApi();
    await putMethod(restApiId, rootId);
    await expect(putIntegration(restApiId, rootId, more)).rejects.toMatchObject(
      refused('BadRequestException', message),
    );
  });

  test('an integration is put twice and patched', async () => {
    const {restApiId, rootId} = await freshApi();
    await putMethod(restApiId, rootId);
    await putIntegration(restApiId, rootId);
    await putIntegration(restApiId, rootId, {uri: lambdaUri('other')});
    const at = {restApiId, resourceId: rootId, httpMethod: 'GET'};
    const patchOperations = [{op: 'replace' as const, path: '/timeoutInMillis', value: '100'}];
    await served.client.send(new UpdateIntegrationCommand({...at, patchOperations}));
    const integration = await served.client.send(new GetIntegrationCommand(at));
    expect(integration).toMatchObject({uri: lambdaUri('other'), timeoutInMillis: 100, httpMethod: 'POST'});
  });
});

describe('authorizers', () => {
  test('are made, listed, changed and deleted', async () => {
    const {restApiId, rootId} = await freshApi();
    const {id: authorizerId} = await createAuthorizer(restApiId);
    const patchOperations = [{op: 'replace' as const, path: '/authorizerUri', value: lambdaUri('other')}];
    await served.client.send(new UpdateAuthorizerCommand({restApiId, authorizerId, patchOperations}));
    const {items} = await served.client.send(new GetAuthorizersCommand({restApiId}));
    expect(items).toMatchObject([
      {id: authorizerId, authorizerUri: lambdaUri('other'), authorizerResultTtlInSeconds: 0},
    ]);
    await putMethod(restApiId, rootId, {authorizationType: 'CUSTOM', authorizerId});
    const remove = new DeleteAuthorizerCommand({restApiId, authorizerId});
    await expect(served.client.send(remove)).rejects.toMatchObject({name: 'ConflictException'});
  });

  test.each([
    ['the same name', {}, 'ConflictException', /^Authorizer name must be unique/],
    [
      'a malformed URI',
      {name: 'b', authorizerUri: 'arn:aws:lambda:x'},
      'BadRequestException',
      /^Invalid Authorizer URI/,
    ],
    ['caching without identity', {name: 'b', authorizerResultTtlInSeconds: 300}, 'BadRequestException', /caching/],
    [
      'a TTL above an hour',
      {name: 'b', authorizerResultTtlInSeconds: 3_601},
      'BadRequestException',
      /between 0 and 3600/,
    ],
    ['TOKEN without a header', {name: 'b', type: 'TOKEN'}, 'BadRequestException', /^Identity source is required/],
    [
      'a wrong identity source',
      {name: 'b', identitySource: 'header.X'},
      'BadRequestException',
      /^Invalid mapping expression/,
    ],
  ])('%s is refused', async (_, more, name, message) => {
    const {restApiId} = await freshApi();
    await createAuthorizer(restApiId);
    await expect(createAuthorizer(restApiId, more)).rejects.toMatchObject(refused(name, message));
  });
});

describe('deployments and stages', () => {
  test('need methods, and an integration for each', async () => {
    const {restApiId, rootId} = await freshApi();
    await expect(deploy(restApiId)).rejects.toMatchObject(
      refused('BadRequestException', "The REST API doesn't contain any methods"),
    );
    await putMethod(restApiId, rootId);
    await expect(deploy(restApiId)).rejects.toMatchObject(
      refused('BadRequestException', 'No integration defined for method'),
    );
  });

  test('a deployment makes its stage, the next one moves it', async () => {
    const {restApiId, deploymentId} = await deployedApi();
    const second = await deploy(restApiId);
    const stages = await served.client.send(new GetStagesCommand({restApiId}));
    expect(stages.item).toMatchObject([{stageName: 'prod', deploymentId: second.id}]);
    expect((await served.client.send(new GetDeploymentsCommand({restApiId}))).items).toHaveLength(2);
    const active = new DeleteDeploymentCommand({restApiId, deploymentId: second.id});
    await expect(served.client.send(active)).rejects.toMatchObject(
      refused('BadRequestException', 'Active stages pointing to this deployment must be moved or deleted'),
    );
    await served.client.send(new DeleteDeploymentCommand({restApiId, deploymentId}));
    await expect(
      served.client.send(new CreateStageCommand({restApiId, stageName: 'prod', deploymentId: second.id})),
    ).rejects.toMatchObject(refused('ConflictException', 'Stage already exists'));
  });

  test('throttling is set for the stage and for a method, and taken off', async () => {
    const {restApiId} = await deployedApi();
    const patchOperations = [
      {op: 'replace' as const, path: '/*/*/throttling/rateLimit', value: '20'},
      {op: 'replace' as const, path: '/*/*/throttling/burstLimit', value: '40'},
      {op: 'replace' as const, path: '/~1hello/GET/throttling/rateLimit', value: '2.5'},
      {op: 'replace' as const, path: '/variables/colour', value: 'red'},
    ];
    await served.client.send(new UpdateStageCommand({restApiId, stageName: 'prod', patchOperations}));
    const stage = await served.client.send(new GetStageCommand({restApiId, stageName: 'prod'}));
    expect(stage.methodSettings).toMatchObject({
      '*/*': {throttlingRateLimit: 20, throttlingBurstLimit: 40},
      '~1hello/GET': {throttlingRateLimit: 2.5, throttlingBurstLimit: 5_000},
    });
    expect(stage.variables).toEqual({colour: 'red'});
    const remove = [{op: 'remove' as const, path: '/~1hello/GET'}];
    await served.client.send(new UpdateStageCommand({restApiId, stageName: 'prod', patchOperations: remove}));
    const after = await served.client.send(new GetStageCommand({restApiId, stageName: 'prod'}));
    expect(Object.keys(after.methodSettings!)).toEqual(['*/*']);
  });

  test.each([
    ['/nothing', 'x'],
    ['/*/*/throttling/nothing', '1'],
    ['/*/*/throttling/rateLimit', 'fast'],
    ['/*/*/throttling/burstLimit', '-1'],
    ['no slash', 'x'],
    ['/__proto__', 'x'],
  ])('the patch %s = %s is refused and changes nothing', async (path, value) => {
    const {restApiId} = await deployedApi();
    const patchOperations = [
      {op: 'replace' as const, path: '/description', value: 'changed'},
      {op: 'replace' as const, path, value},
    ];
    const update = new UpdateStageCommand({restApiId, stageName: 'prod', patchOperations});
    await expect(served.client.send(update)).rejects.toMatchObject({name: 'BadRequestException'});
    const stage = await served.client.send(new GetStageCommand({restApiId, stageName: 'prod'}));
    expect(stage.description).toBeUndefined();
  });

  test('a stage goes by itself', async () => {
    const {restApiId} = await deployedApi();
    await served.client.send(new DeleteStageCommand({restApiId, stageName: 'prod'}));
    await expect(served.client.send(new GetStageCommand({restApiId, stageName: 'prod'}))).rejects.toMatchObject(
      refused('NotFoundException', 'Invalid stage identifier specified'),
    );
  });
});
