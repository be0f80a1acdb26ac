import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {authorize} from '../../src/functions/authorizer/authorize.ts';
import {type Functions, lambdaUri, serveApiGateway} from '../local/apigateway/served.ts';
import {invoked} from './invoked.ts';

// Both functions behind the embedded API Gateway: whether either makes of the other's texts what AWS's would.
const functions: Functions = {
  authorizer: ({event}) => authorize(event, 'sesame'),
  target: async ({event}) => (await invoked([event])).answer,
};
let served: Awaited<ReturnType<typeof serveApiGateway>>;
beforeAll(async () => {
  served = await serveApiGateway(functions);
});
afterAll(async () => {
  await served.close();
  expect(served.faults).toEqual([]);
});

/** An API that hands every path and method to the target. */
async function deployApi(type: 'TOKEN' | 'REQUEST') {
  const {client} = served;
  const binaryMediaTypes = ['image/*'];
  const {id: restApiId, rootResourceId} = await client.send(new CreateRestApiCommand({name: 'api', binaryMediaTypes}));
  const authorizer = await client.send(
    new CreateAuthorizerCommand({
      ...{restApiId, name: 'authorizer', type, authorizerUri: lambdaUri('authorizer'), authorizerResultTtlInSeconds: 0},
      ...(type === 'TOKEN' && {identitySource: 'method.request.header.Authorization'}),
    }),
  );
  const {id: resourceId} = await client.send(
    new CreateResourceCommand({restApiId, parentId: rootResourceId, pathPart: '{proxy+}'}),
  );
  const method = {restApiId, resourceId, httpMethod: 'ANY'};
  await client.send(new PutMethodCommand({...method, authorizationType: 'CUSTOM', authorizerId: authorizer.id}));
  const integration = {type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambdaUri('target')} as const;
  await client.send(new PutIntegrationCommand({...method, ...integration}));
  await client.send(new CreateDeploymentCommand({restApiId, stageName: 'prod'}));
  return (path: string, init: RequestInit = {}) =>
    fetch(`${served.endpoint}/_aws/execute-api/${restApiId}/prod${path}`, {
      ...init,
      headers: {authorization: 'Bearer sesame', ...init.headers},
    });
}

test.each(['TOKEN', 'REQUEST'] as const)('an authorizer of type %s lets through who has the token', async type => {
  const call = await deployApi(type);
  const page = await call('/hello');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('<dt>authorizerInfo</dt><dd>Token accepted</dd>');
  const refused = await call('/hello', {headers: {authorization: 'open'}});
  expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
});

test('requests and answers get through as they are', async () => {
  const call = await deployApi('REQUEST');
  const answered = async (path: string, init: RequestInit = {}) => {
    const response = await call(path, init);
    expect(response.headers.get('x-lifecycle-request-id')).toBe('request-1');
    return {status: response.status, allow: response.headers.get('allow'), body: await response.json()};
  };
  const json = {'content-type': 'application/json'};
  expect(await answered('/api/echo?a=1&a=%C3%BC', {method: 'POST', headers: json, body: '{"b":[1]}'})).toMatchObject({
    status: 200,
    body: {query: {a: ['1', 'ü']}, headers: {authorization: ['(hidden)']}, body: {kind: 'json', value: {b: [1]}}},
  });
  const image = {method: 'POST', headers: {'content-type': 'image/png'}, body: Buffer.from([0x89, 0xff, 0x00])};
  expect(await answered('/api/echo', image)).toMatchObject({
    body: {isBase64Encoded: true, body: {kind: 'binary', bytes: 3}},
  });
  expect(await answered('/api/echo', {method: 'POST', headers: json, body: '{'})).toMatchObject({status: 400});
  expect(await answered('/api/echo', {method: 'POST', body: 'x'.repeat(300_000)})).toMatchObject({status: 413});
  expect(await answered('/info/health/')).toMatchObject({status: 200, body: {status: 'ok'}});
  expect(await answered('/nowhere')).toMatchObject({status: 404, body: {error: {code: 'not_found'}}});
  expect(await answered('/hello', {method: 'DELETE'})).toMatchObject({status: 405, allow: 'GET'});
});
