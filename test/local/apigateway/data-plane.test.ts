import {
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  type CreateRestApiCommandInput,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateIntegrationCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {ServiceError} from '../../../src/local/wire/service.ts';
import {FunctionError, type Functions, lambdaUri, serveApiGateway} from './served.ts';

const functions: Functions = {};
let served: Awaited<ReturnType<typeof serveApiGateway>>;
beforeAll(async () => {
  served = await serveApiGateway(functions);
});
afterEach(() => {
  served.invoked.length = 0;
});
afterAll(async () => {
  await served.close();
  expect(served.faults).toEqual([]);
});

const allowAll = (more: object = {}) => ({
  principalId: 'user',
  policyDocument: {Version: '2012-10-17', Statement: [{Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*'}]},
  ...more,
});

type ApiOptions = {
  httpMethod?: string;
  pathPart?: string;
  authorizer?: {type?: 'TOKEN' | 'REQUEST'; identitySource?: string; ttl?: number; expression?: string};
  api?: Partial<CreateRestApiCommandInput>;
};

async function deployApi({httpMethod = 'GET', pathPart = 'hello', authorizer, api: more}: ApiOptions = {}) {
  const {client} = served;
  const api = await client.send(new CreateRestApiCommand({name: 'api', ...more}));
  const restApiId = api.id!;
  const resource = await client.send(new CreateResourceCommand({restApiId, parentId: api.rootResourceId!, pathPart}));
  const at = {restApiId, resourceId: resource.id!, httpMethod};
  const created =
    authorizer &&
    (await client.send(
      new CreateAuthorizerCommand({
        restApiId,
        name: 'authorizer',
        type: authorizer.type ?? 'REQUEST',
        authorizerUri: lambdaUri('authorizer'),
        identitySource: authorizer.identitySource,
        identityValidationExpression: authorizer.expression,
        authorizerResultTtlInSeconds: authorizer.ttl ?? 0,
      }),
    ));
  await client.send(
    new PutMethodCommand({...at, authorizationType: created ? 'CUSTOM' : 'NONE', authorizerId: created?.id}),
  );
  await client.send(
    new PutIntegrationCommand({...at, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: lambdaUri('target')}),
  );
  const deploy = () => client.send(new CreateDeploymentCommand({restApiId, stageName: 'prod'}));
  await deploy();
  const call = (path = '/hello', init: RequestInit = {}) =>
    fetch(`${served.endpoint}/_aws/execute-api/${restApiId}/prod${path}`, init);
  return {...at, authorizerId: created?.id, deploy, call};
}

async function told(response: Response) {
  return {status: response.status, type: response.headers.get('x-amzn-errortype'), body: await response.text()};
}

describe('the proxy event', () => {
  test('says everything about the request', async () => {
    functions.authorizer = () => allowAll({context: {number: 7, flag: true, text: 'x'}});
    functions.target = () => ({statusCode: 200, body: 'ok'});
    const api = await deployApi({httpMethod: 'ANY', pathPart: '{proxy+}', authorizer: {}});
    const response = await api.call('/a/b%20c?x=1&x=2&y=%C3%A9', {
      method: 'POST',
      headers: {'X-Custom': 'value', 'content-type': 'text/plain', 'user-agent': 'tester'},
      body: 'hällo',
    });
    expect(response.status).toBe(200);
    const [asked, called] = served.invoked;
    const execute = `arn:aws:execute-api:us-east-1:000000000000:${api.restApiId}`;
    expect(asked!.source).toEqual({
      principal: 'apigateway.amazonaws.com',
      arn: `${execute}/authorizers/${api.authorizerId}`,
    });
    expect(asked!.event).toMatchObject({type: 'REQUEST', methodArn: `${execute}/prod/POST/a/b c`, stageVariables: {}});
    expect(asked!.event.requestContext.authorizer).toBeUndefined();
    expect(called!.source!.arn).toBe(`${execute}/prod/POST/{proxy+}`);
    expect(called!.functionArn).toBe('arn:aws:lambda:us-east-1:000000000000:function:target');
    const {event} = called!;
    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/a/b c',
      httpMethod: 'POST',
      queryStringParameters: {x: '2', y: 'é'},
      multiValueQueryStringParameters: {x: ['1', '2'], y: ['é']},
      pathParameters: {proxy: 'a/b c'},
      stageVariables: null,
      body: 'hällo',
      isBase64Encoded: false,
    });
    const domainName = `${api.restApiId}.execute-api.us-east-1.amazonaws.com`;
    expect(event.headers).toMatchObject({Host: domainName, 'X-Forwarded-For': '127.0.0.1'});
    expect(event.multiValueHeaders['x-custom'] ?? event.multiValueHeaders['X-Custom']).toEqual(['value']);
    expect(Object.keys(event.headers).map(name => name.toLowerCase())).not.toContain('connection');
    expect(event.requestContext).toMatchObject({
      path: '/prod/a/b c',
      resourcePath: '/{proxy+}',
      stage: 'prod',
      accountId: '000000000000',
      apiId: api.restApiId,
      domainName,
      domainPrefix: api.restApiId,
      protocol: 'HTTP/1.1',
      identity: {sourceIp: '127.0.0.1', userAgent: 'tester', caller: null},
      authorizer: {principalId: 'user', number: '7', flag: 'true', text: 'x'},
      requestId: response.headers.get('x-amzn-requestid'),
      extendedRequestId: response.headers.get('x-amz-apigw-id'),
    });
    expect(event.requestContext.requestTime).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(Math.abs(event.requestContext.requestTimeEpoch - Date.now())).toBeLessThan(10_000);
  });

  test('has null for what a request does not have, and no authorizer on an open method', async () => {
    functions.target = () => ({});
    const api = await deployApi();
    await api.call();
    const [{event}] = served.invoked as [(typeof served.invoked)[0]];
    expect(event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
    });
    expect(event.requestContext.authorizer).toBeUndefined();
  });

  test('carries bytes in base64 for a binary media type only', async () => {
    functions.target = () => ({});
    const api = await deployApi({httpMethod: 'POST', api: {binaryMediaTypes: ['image/*']}});
    const body = new Uint8Array([0xff, 0xd8, 0x00]);
    await api.call('/hello', {method: 'POST', body, headers: {'content-type': 'image/png'}});
    await api.call('/hello', {method: 'POST', body: 'text', headers: {'content-type': 'text/plain'}});
    expect(served.invoked.map(({event}) => [event.body, event.isBase64Encoded])).toEqual([
      ['/9gA', true],
      ['text', false],
    ]);
  });
});

describe('routes', () => {
  test.each([
    ['another path', '/nowhere', 'GET', 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
    ['another verb', '/hello', 'DELETE', 'Missing Authentication Token', 'MissingAuthenticationTokenException'],
  ])('%s is 403', async (_, path, method, message, type) => {
    const api = await deployApi();
    expect(await told(await api.call(path, {method}))).toEqual({status: 403, type, body: `{"message":"${message}"}`});
  });

  test('an unknown API, an unknown stage and a disabled endpoint are forbidden', async () => {
    const {restApiId} = await deployApi();
    const forbidden = {status: 403, type: 'ForbiddenException', body: '{"message":"Forbidden"}'};
    for (const path of ['nowhere123/prod/hello', `${restApiId}/dev/hello`]) {
      expect(await told(await fetch(`${served.endpoint}/_aws/execute-api/${path}`))).toEqual(forbidden);
    }
    const patchOperations = [{op: 'replace' as const, path: '/disableExecuteApiEndpoint', value: 'true'}];
    await served.client.send(new UpdateRestApiCommand({restApiId, patchOperations}));
    expect(await told(await fetch(`${served.endpoint}/_aws/execute-api/${restApiId}/prod/hello`))).toEqual(forbidden);
  });

  test('the older form of the address works too', async () => {
    functions.target = () => ({statusCode: 202});
    const {restApiId} = await deployApi();
    const response = await fetch(`${served.endpoint}/restapis/${restApiId}/prod/_user_request_/hello`);
    expect(response.status).toBe(202);
  });

  test('a change is seen after the next deployment only', async () => {
    functions.target = () => ({statusCode: 200, body: 'old'});
    functions.other = () => ({statusCode: 200, body: 'new'});
    const {restApiId, resourceId, httpMethod, deploy, call} = await deployApi();
    const patchOperations = [{op: 'replace' as const, path: '/uri', value: lambdaUri('other')}];
    await served.client.send(new UpdateIntegrationCommand({restApiId, resourceId, httpMethod, patchOperations}));
    expect(await (await call()).text()).toBe('old');
    await deploy();
    expect(await (await call()).text()).toBe('new');
  });
});

describe('the answer', () => {
  test('carries status, headers and body', async () => {
    functions.target = () => ({
      statusCode: 201,
      headers: {'X-One': '1', 'content-type': 'text/html', Server: 'mine'},
      multiValueHeaders: {'Set-Cookie': ['a=1', 'b=2']},
      body: '<p>hi</p>',
    });
    const response = await (await deployApi()).call();
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(response.headers.get('x-amzn-remapped-server')).toBe('mine');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('x-amzn-trace-id')).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
    expect(await response.text()).toBe('<p>hi</p>');
  });

  test('of nothing is 200 and JSON', async () => {
    functions.target = () => ({});
    const response = await (await deployApi()).call();
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/json',
      '',
    ]);
  });

  test('is decoded from base64 when the caller accepts a binary media type', async () => {
    functions.target = () => ({body: '/9gA', isBase64Encoded: true});
    const api = await deployApi({api: {binaryMediaTypes: ['image/png']}});
    const bytes = await (await api.call('/hello', {headers: {accept: 'image/png'}})).arrayBuffer();
    expect([...new Uint8Array(bytes)]).toEqual([0xff, 0xd8, 0]);
    expect(await (await api.call('/hello', {headers: {accept: 'text/plain'}})).text()).toBe('/9gA');
  });

  test.each([
    ['text', '"text"'],
    ['null', 'null'],
    ['no JSON', 'oops'],
    ['nothing', ''],
    ['a list', '[]'],
    ['an unknown member', {statusCode: 200, cookies: []}],
    ['a body that is no text', {statusCode: 200, body: {a: 1}}],
    ['a status out of range', {statusCode: 99}],
    ['a status of words', {statusCode: 'ok'}],
    ['headers that are no map', {headers: []}],
    ['a header with a line break', {headers: {a: 'x\r\ny: z'}}],
    ['a header name with a space', {headers: {'a b': 'x'}}],
    ['a nested header', {headers: {a: {b: 'c'}}}],
    ['a flag that is none', {isBase64Encoded: 'yes'}],
  ])('%s is malformed: 502', async (_, answer) => {
    functions.target = () => answer;
    expect(await told(await (await deployApi()).call())).toEqual({
      status: 502,
      type: 'InternalServerErrorException',
      body: '{"message": "Internal server error"}',
    });
  });

  const fails = (error: unknown) => () => {
    throw error;
  };
  test.each([
    ['a function error', fails(new FunctionError('Task timed out')), 502],
    ['a function at its limit', fails(new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429)), 500],
    ['a function that does not allow it', fails(new ServiceError('AccessDeniedException', 'no', 403)), 500],
    ['a function that is not there', fails(new ServiceError('ResourceNotFoundException', 'no', 404)), 500],
  ])('of %s says no more than that', async (_, target, status) => {
    functions.target = target;
    expect(await told(await (await deployApi()).call())).toEqual({
      status,
      type: 'InternalServerErrorException',
      body: '{"message": "Internal server error"}',
    });
  });

  test('that takes too long is 504', async () => {
    let release = () => {};
    functions.target = () =>
      new Promise(resolve => {
        release = () => resolve({});
      });
    const {restApiId, resourceId, httpMethod, deploy, call} = await deployApi();
    const patchOperations = [{op: 'replace' as const, path: '/timeoutInMillis', value: '50'}];
    await served.client.send(new UpdateIntegrationCommand({restApiId, resourceId, httpMethod, patchOperations}));
    await deploy();
    expect(await told(await call())).toEqual({
      status: 504,
      type: 'InternalServerErrorException',
      body: '{"message": "Endpoint request timed out"}',
    });
    release();
  });
});

describe('the authorizer', () => {
  const deny = {principalId: 'u', policyDocument: {Statement: [{Effect: 'Deny', Action: '*', Resource: '*'}]}};
  const nothing = {principalId: 'u', policyDocument: {Statement: [{Effect: 'Allow', Action: '*', Resource: 'other'}]}};
  const fails = (message: string) => () => {
    throw new FunctionError(message);
  };
  test.each([
    [
      'denies',
      () => deny,
      403,
      'AccessDeniedException',
      '{"Message":"User is not authorized to access this resource with an explicit deny"}',
    ],
    [
      'allows something else',
      () => nothing,
      403,
      'AccessDeniedException',
      '{"Message":"User is not authorized to access this resource"}',
    ],
    ['throws Unauthorized', fails('Unauthorized'), 401, 'UnauthorizedException', '{"message":"Unauthorized"}'],
    ['throws', fails('oops'), 500, 'AuthorizerConfigurationException', '{"message":"Internal server error"}'],
    [
      'answers no policy',
      () => ({principalId: 'u'}),
      500,
      'AuthorizerConfigurationException',
      '{"message":"Internal server error"}',
    ],
    [
      'names no principal',
      () => ({...allowAll(), principalId: undefined}),
      500,
      'AuthorizerConfigurationException',
      '{"message":"Internal server error"}',
    ],
    [
      'has a nested context',
      () => allowAll({context: {a: {}}}),
      500,
      'AuthorizerConfigurationException',
      '{"message":"Internal server error"}',
    ],
    ['answers null', () => null, 500, 'AuthorizerConfigurationException', '{"message":"Internal server error"}'],
    ['answers no JSON', () => 'oops', 500, 'AuthorizerConfigurationException', '{"message":"Internal server error"}'],
  ])('%s', async (_, authorizer, status, type, body) => {
    functions.authorizer = authorizer;
    const api = await deployApi({authorizer: {}});
    expect(await told(await api.call())).toEqual({status, type, body});
    expect(served.invoked).toHaveLength(1);
  });

  test('is not asked without all of the identity', async () => {
    functions.authorizer = () => allowAll();
    functions.target = () => ({});
    const identitySource = 'method.request.header.X-Token, method.request.querystring.key, context.httpMethod';
    const api = await deployApi({authorizer: {identitySource}});
    const unauthorized = {status: 401, type: 'UnauthorizedException', body: '{"message":"Unauthorized"}'};
    expect(await told(await api.call())).toEqual(unauthorized);
    expect(await told(await api.call('/hello?key=', {headers: {'x-token': 't'}}))).toEqual(unauthorized);
    expect(served.invoked).toHaveLength(0);
    expect((await api.call('/hello?key=k', {headers: {'x-token': 't'}})).status).toBe(200);
  });

  test('of type TOKEN gets the token, if it fits the expression', async () => {
    functions.authorizer = ({event}) => (event.authorizationToken === 'tok-1' ? allowAll() : deny);
    functions.target = () => ({});
    const identitySource = 'method.request.header.Authorization';
    const api = await deployApi({authorizer: {type: 'TOKEN', identitySource, expression: 'tok-.*'}});
    const status = async (authorization: string) => (await api.call('/hello', {headers: {authorization}})).status;
    expect([await status('tok-1'), await status('tok-2'), await status('x tok-1')]).toEqual([200, 403, 401]);
  });

  test('is asked once per identity while its verdict is cached, and again after a deployment', async () => {
    functions.authorizer = () => allowAll();
    functions.target = () => ({});
    const api = await deployApi({authorizer: {identitySource: 'method.request.header.X-Token', ttl: 300}});
    const call = (token: string) => api.call('/hello', {headers: {'x-token': token}});
    const asked = () => served.invoked.filter(({event}) => event.type === 'REQUEST').length;
    for (const token of ['a', 'a', 'b', 'a']) await call(token);
    expect(asked()).toBe(2);
    await api.deploy();
    await call('a');
    expect(asked()).toBe(3);
  });

  test('with TTL 0 is asked each time', async () => {
    functions.authorizer = () => allowAll();
    functions.target = () => ({});
    const api = await deployApi({authorizer: {}});
    for (let at = 0; at < 3; at += 1) await api.call();
    expect(served.invoked).toHaveLength(6);
  });
});

test('a stage over its burst answers 429 before anything is invoked', async () => {
  functions.target = () => ({});
  const {restApiId, call} = await deployApi();
  const patchOperations = [
    {op: 'replace' as const, path: '/*/*/throttling/rateLimit', value: '0.001'},
    {op: 'replace' as const, path: '/*/*/throttling/burstLimit', value: '3'},
  ];
  await served.client.send(new UpdateStageCommand({restApiId, stageName: 'prod', patchOperations}));
  const answers = [];
  for (let at = 0; at < 5; at += 1) answers.push(await told(await call()));
  const limited = {status: 429, type: 'TooManyRequestsException', body: '{"message":"Too Many Requests"}'};
  expect(answers.map(({status}) => status)).toEqual([200, 200, 200, 429, 429]);
  expect(answers[4]).toEqual(limited);
  expect(served.invoked).toHaveLength(3);
});
