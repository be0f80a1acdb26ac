import {
  APIGatewayClient,
  CreateRestApi$,
  CreateRestApiCommand,
  GetResources$,
  GetResourcesCommand,
  TagResource$ as TagApi$,
  TagResourceCommand as TagApiCommand,
  UntagResource$ as UntagApi$,
  UntagResourceCommand as UntagApiCommand,
} from '@aws-sdk/client-api-gateway';
import {
  CreateFunction$,
  CreateFunctionCommand,
  DeleteFunction$,
  DeleteFunctionCommand,
  GetFunction$,
  GetFunctionCommand,
  GetLayerVersionByArn$,
  GetLayerVersionByArnCommand,
  Invoke$,
  InvokeCommand,
  LambdaClient,
  ListFunctions$,
  ListFunctionsCommand,
  ListLayers$,
  ListLayersCommand,
} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type SchemaService, ServiceError} from '../../../src/local/wire/service.ts';
import {type Served, serve} from './served.ts';

// Handlers that answer what they were asked show both directions of the codec at once.
const asked: unknown[] = [];
let reply: unknown = {};
const record = (input: unknown) => {
  asked.push(input);
  if (reply instanceof Error) throw reply;
  return reply;
};

const lambda: SchemaService = {
  kind: 'schema',
  scope: 'lambda',
  protocol: 'restJson1',
  operations: [
    Invoke$,
    CreateFunction$,
    GetFunction$,
    DeleteFunction$,
    ListFunctions$,
    ListLayers$,
    GetLayerVersionByArn$,
  ].map(schema => [schema, record] as const),
};
const apiGateway: SchemaService = {
  kind: 'schema',
  scope: 'apigateway',
  protocol: 'restJson1',
  validationCode: 'BadRequestException',
  operations: [CreateRestApi$, GetResources$, TagApi$, UntagApi$].map(schema => [schema, record] as const),
};

let served: Served;
let functions: LambdaClient;
let apis: APIGatewayClient;

beforeAll(async () => {
  served = await serve({services: [lambda, apiGateway]});
  functions = new LambdaClient(served.config);
  apis = new APIGatewayClient(served.config);
});
afterAll(() => served.server.close());

describe('restJson1', () => {
  it('reads label, query, headers and blob payload, and writes status, headers and payload', async () => {
    reply = {
      StatusCode: 200,
      FunctionError: 'Unhandled',
      LogResult: 'bG9n',
      ExecutedVersion: '7',
      Payload: Buffer.from('"ä"'),
    };
    const answer = await functions.send(
      new InvokeCommand({
        FunctionName: 'f',
        Qualifier: 'live',
        InvocationType: 'RequestResponse',
        LogType: 'Tail',
        Payload: Buffer.from('{"a":1}'),
      }),
    );
    expect(asked.at(-1)).toMatchObject({
      FunctionName: 'f',
      Qualifier: 'live',
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
    });
    expect(Buffer.from((asked.at(-1) as {Payload: Uint8Array}).Payload).toString()).toBe('{"a":1}');
    expect(answer).toMatchObject({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      LogResult: 'bG9n',
      ExecutedVersion: '7',
    });
    expect(answer.Payload?.transformToString()).toBe('"ä"');
  });

  it('leaves the payload out when there is none, and keeps a payload that is not JSON', async () => {
    reply = {StatusCode: 202};
    const answer = await functions.send(new InvokeCommand({FunctionName: 'f', InvocationType: 'Event'}));
    expect(asked.at(-1)).not.toHaveProperty('Payload');
    expect(answer.$metadata.httpStatusCode).toBe(202);
    await functions.send(new InvokeCommand({FunctionName: 'f', Payload: Buffer.from('not {json')}));
    expect(Buffer.from((asked.at(-1) as {Payload: Uint8Array}).Payload).toString()).toBe('not {json');
  });

  it('takes label and query members from nowhere else', async () => {
    reply = {StatusCode: 200};
    const Payload = Buffer.from('{"Qualifier":"other","FunctionName":"other"}');
    await functions.send(new InvokeCommand({FunctionName: 'f', Payload}));
    expect(asked.at(-1)).toMatchObject({FunctionName: 'f'});
    expect(asked.at(-1)).not.toHaveProperty('Qualifier');
  });

  it('carries blobs inside JSON, maps and numbers', async () => {
    reply = {FunctionName: 'f', Timeout: 3, Environment: {Variables: {A: 'b'}}};
    const ZipFile = new Uint8Array([0, 255, 80, 75]);
    const input = {
      FunctionName: 'f',
      Role: 'r',
      Code: {ZipFile},
      Timeout: 3,
      Environment: {Variables: {A: 'b'}},
      Tags: {k: 'v'},
    };
    const answer = await functions.send(new CreateFunctionCommand(input));
    expect(asked.at(-1)).toMatchObject({...input, Code: {ZipFile: expect.any(Uint8Array)}});
    expect([...(asked.at(-1) as typeof input).Code.ZipFile]).toEqual([0, 255, 80, 75]);
    expect(answer).toMatchObject({Timeout: 3, Environment: {Variables: {A: 'b'}}});
    expect(answer.$metadata.httpStatusCode).toBe(201);
  });

  it('decodes an ARN in a label and answers 204 without a body', async () => {
    reply = undefined;
    const FunctionName = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    const answer = await functions.send(new DeleteFunctionCommand({FunctionName}));
    expect(asked.at(-1)).toEqual({FunctionName});
    expect([200, 204]).toContain(answer.$metadata.httpStatusCode);
  });

  it('tells operations on one path apart by their fixed query', async () => {
    reply = {Layers: []};
    await functions.send(new ListLayersCommand({MaxItems: 5}));
    expect(asked.at(-1)).toEqual({MaxItems: 5});
    reply = {Version: 3};
    const Arn = 'arn:aws:lambda:us-east-1:000000000000:layer:l:3';
    expect((await functions.send(new GetLayerVersionByArnCommand({Arn}))).Version).toBe(3);
    expect(asked.at(-1)).toEqual({Arn});
  });

  it('carries API Gateway dates as whole seconds and its renamed members', async () => {
    const createdDate = new Date(1_700_000_000_000);
    reply = {id: 'abc', name: 'n', createdDate, tags: {a: 'b'}, endpointConfiguration: {types: ['REGIONAL']}};
    const answer = await apis.send(new CreateRestApiCommand({name: 'n', endpointConfiguration: {types: ['REGIONAL']}}));
    expect(answer).toMatchObject({id: 'abc', createdDate, endpointConfiguration: {types: ['REGIONAL']}});
    reply = {items: [{id: 'r', path: '/', resourceMethods: {GET: {httpMethod: 'GET'}}}]};
    const resources = await apis.send(new GetResourcesCommand({restApiId: 'abc', embed: ['methods'], limit: 500}));
    expect(asked.at(-1)).toEqual({restApiId: 'abc', embed: ['methods'], limit: 500});
    expect(resources.items).toEqual([{id: 'r', path: '/', resourceMethods: {GET: {httpMethod: 'GET'}}}]);
  });

  it('takes an ARN with slashes as a label and lists in the query', async () => {
    reply = undefined;
    const resourceArn = 'arn:aws:apigateway:us-east-1::/restapis/abc/stages/prod';
    await apis.send(new TagApiCommand({resourceArn, tags: {a: 'b'}}));
    expect(asked.at(-1)).toEqual({resourceArn, tags: {a: 'b'}});
    await apis.send(new UntagApiCommand({resourceArn, tagKeys: ['a', 'b c']}));
    expect(asked.at(-1)).toEqual({resourceArn, tagKeys: ['a', 'b c']});
  });

  it('raises modelled errors with their members', async () => {
    reply = new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429, {
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
    await expect(functions.send(new InvokeCommand({FunctionName: 'f'}))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      $metadata: {httpStatusCode: 429},
    });
  });

  it('names a defect of ours, and answers it with 500', async () => {
    reply = new TypeError('boom');
    await expect(functions.send(new GetFunctionCommand({FunctionName: 'f'}))).rejects.toMatchObject({
      $metadata: {httpStatusCode: 500},
    });
    expect(served.faults.splice(0)).toEqual([reply]);
  });

  it('asks for required members in the service’s own error', async () => {
    reply = {};
    const noRole = {FunctionName: 'f', Code: {}, Role: undefined};
    await expect(functions.send(new CreateFunctionCommand(noRole as never))).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'role' failed to satisfy constraint: Member must not be null",
    });
    await expect(apis.send(new CreateRestApiCommand({} as never))).rejects.toMatchObject({name: 'BadRequestException'});
  });

  it.each([
    ['text for a number', {Timeout: 'x'}],
    ['number for text', {Handler: 5}],
    ['text for a boolean', {Publish: 'yes'}],
    ['list for a structure', {Code: []}],
    ['structure for a list', {Layers: {}}],
    ['null in a list', {Layers: [null]}],
    ['null in a map', {Tags: {a: null}}],
    ['bad base64', {Code: {ZipFile: '*'}}],
  ])('refuses %s', async (_, wrong) => {
    const body = JSON.stringify({FunctionName: 'f', Role: 'r', Code: {}, ...wrong});
    const answer = await fetch(`${served.server.endpoint}/2015-03-31/functions`, {
      method: 'POST',
      body,
      headers: {authorization: 'AWS4-HMAC-SHA256 Credential=a/b/us-east-1/lambda/aws4_request'},
    });
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'SerializationException']);
  });

  it('takes nulls inside structures for absent members', async () => {
    reply = {};
    const body =
      '{"FunctionName":"f","Role":"r","Code":{"ZipFile":null},"Timeout":null,"Environment":{"Variables":null}}';
    const headers = {authorization: 'AWS4-HMAC-SHA256 Credential=a/b/us-east-1/lambda/aws4_request'};
    await fetch(`${served.server.endpoint}/2015-03-31/functions`, {method: 'POST', body, headers});
    expect(asked.at(-1)).toStrictEqual({FunctionName: 'f', Role: 'r', Code: {}, Environment: {}});
  });

  it('refuses a query member of the wrong type and lists without one', async () => {
    reply = {Functions: []};
    expect((await functions.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
    expect(asked.at(-1)).toEqual({});
    await expect(functions.send(new ListFunctionsCommand({MaxItems: 'x' as never}))).rejects.toMatchObject({
      name: 'SerializationException',
    });
  });
});
