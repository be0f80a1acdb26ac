import {CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {DataPlaneRoute} from '../../../src/local/wire/data-plane.ts';
import {startWireServer} from '../../../src/local/wire/server.ts';
import {type Served, serve} from './served.ts';
import {requestText, sendAndCut, sendRaw, signedFor} from './sockets.ts';

const routes: Omit<DataPlaneRoute, 'body'>[] = [];
let served: Served;
let port: number;

beforeAll(async () => {
  served = await serve({
    async dataPlane(_, response, {body, ...route}) {
      routes.push(route);
      if (route.path === '/boom') throw new Error('boom');
      response.end(`api ${Buffer.from(body).toString()}`);
    },
    download: async key => (key === 'abc123' ? Buffer.from('PK') : undefined),
  });
  port = served.server.port;
});
afterAll(() => served.server.close());

const form = {'content-type': 'application/x-www-form-urlencoded'};
const askWho = 'Action=GetCallerIdentity&Version=2011-06-15';
const stsHeaders = {...form, authorization: signedFor('sts')};
const who = (headers: Record<string, string>) =>
  sendRaw(port, requestText('POST', '/', {...stsHeaders, ...headers}, askWho));

describe('who may call the control plane', () => {
  it.each(['127.0.0.1', '127.0.0.1:4566', 'localhost:1', 'LOCALHOST', '[::1]:4566', 'aws.localhost', '127.77.0.1'])(
    'takes the host name %s',
    async host => {
      expect((await who({host})).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'evil.example:4566',
    '10.0.0.1',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '',
    '[::2]',
  ])('refuses the host name "%s"', async host => {
    const answer = await who({host});
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('AccessDenied')]);
  });

  it.each([
    ['a page’s fetch', {origin: 'https://evil.example', 'sec-fetch-site': 'cross-site'}],
    ['a page without a name', {origin: 'null'}],
    ['an old browser’s form', {origin: 'http://evil.example'}],
    ['a picture or link', {'sec-fetch-site': 'cross-site'}],
    ['a page of this machine', {'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:3000'}],
    ['a page of this endpoint', {'sec-fetch-site': 'same-origin'}],
  ])('refuses %s', async (_, headers) => {
    expect((await who(headers)).status).toBe(403);
  });

  it('takes what was typed into the address bar', async () => {
    expect((await who({'sec-fetch-site': 'none'})).status).toBe(200);
  });

  it('refuses a browser’s preflight and plain form', async () => {
    const preflight = requestText('OPTIONS', '/', {
      origin: 'https://evil.example',
      'access-control-request-method': 'POST',
    });
    const answer = await sendRaw(port, preflight);
    expect(answer.status).toBe(403);
    expect(answer.head).not.toMatch(/access-control-allow/i);
    expect((await sendRaw(port, requestText('POST', '/', form, askWho))).status).toBe(403);
  });
});

describe('whose request it is', () => {
  it('answers 403 without a signature', async () => {
    const answer = await sendRaw(port, requestText('GET', '/'));
    expect(answer.status).toBe(403);
    expect(answer.head).toMatch(/x-amzn-errortype: MissingAuthenticationTokenException/i);
    expect(answer.head).toMatch(/x-amzn-requestid: [0-9a-f-]{36}/i);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
  });

  it.each(['Bearer abc', 'AWS4-HMAC-SHA256 Credential=x', 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e', ''])(
    'answers 400 to the signature "%s"',
    async authorization => {
      const answer = await sendRaw(port, requestText('POST', '/', {authorization}, '{}'));
      expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('IncompleteSignatureException')]);
    },
  );

  const credential = 'X-Amz-Credential=test%2F20260101%2Feu-west-1%2Fsts%2Faws4_request';
  it('takes credentials in the query string for GET only, and only to look', async () => {
    const get = await sendRaw(port, requestText('GET', `/?${askWho}&${credential}`));
    expect([get.status, get.body]).toEqual([200, expect.stringContaining('<Account>000000000000</Account>')]);
    expect((await sendRaw(port, requestText('POST', `/?${credential}`, form, askWho))).status).toBe(403);
    const iam = credential.replace('sts', 'iam');
    const write = await sendRaw(port, requestText('GET', `/?Action=DeleteRole&RoleName=r&Version=2010-05-08&${iam}`));
    expect([write.status, write.body]).toEqual([403, expect.stringContaining('<Code>AccessDenied</Code>')]);
  });

  it('answers 501 to unknown services and operations, without reading the body', async () => {
    const s3 = await sendRaw(port, requestText('PUT', '/bucket', {authorization: signedFor('s3')}, 'x'));
    expect([s3.status, s3.body]).toEqual([501, expect.stringContaining('NotImplemented')]);
    const action = await sendRaw(port, requestText('POST', '/', stsHeaders, 'Action=AssumeRole&RoleArn=%ZZ'));
    expect([action.status, action.body]).toEqual([501, expect.stringContaining('<Code>NotImplemented</Code>')]);
    const headers = {authorization: signedFor('logs'), 'x-amz-target': 'Logs_20140328.StartQuery'};
    expect((await sendRaw(port, requestText('POST', '/', headers, 'not json'))).status).toBe(501);
  });

  it('gives codes to a download without a signature, but not to a page', async () => {
    const path = '/_lifecycle/lambda/code/abc123';
    expect(await sendRaw(port, requestText('GET', path))).toMatchObject({status: 200, body: 'PK'});
    expect((await sendRaw(port, requestText('GET', `${path}0`))).status).toBe(404);
    expect((await sendRaw(port, requestText('GET', path, {origin: 'https://evil.example'}))).status).toBe(403);
  });
});

describe('deployed APIs', () => {
  it.each([
    ['/_aws/execute-api/abc123/prod/hello?a=1&b', {}, {apiId: 'abc123', stage: 'prod', path: '/hello', query: 'a=1&b'}],
    ['/_aws/execute-api/abc123/prod', {}, {apiId: 'abc123', stage: 'prod', path: '/', query: ''}],
    ['/restapis/abc123/prod/_user_request_/a/b%2Fc', {}, {apiId: 'abc123', stage: 'prod', path: '/a/b%2Fc', query: ''}],
    [
      '/prod/hello',
      {host: 'abc123.execute-api.us-east-1.amazonaws.com'},
      {apiId: 'abc123', stage: 'prod', path: '/hello', query: ''},
    ],
    ['/prod', {host: 'abc123.execute-api.localhost:4566'}, {apiId: 'abc123', stage: 'prod', path: '/', query: ''}],
    [
      '/prod/x',
      {host: 'abc123.execute-api.localhost', origin: 'https://a.example'},
      {apiId: 'abc123', stage: 'prod', path: '/x', query: ''},
    ],
  ])('finds %s', async (path, headers, route) => {
    const answer = await sendRaw(port, requestText('POST', path, headers, 'body'));
    expect(answer).toMatchObject({status: 200, body: expect.stringContaining('api body')});
    expect(routes.at(-1)).toEqual(route);
  });

  it('keeps the control plane’s /restapis apart, and foreign host names out', async () => {
    const before = routes.length;
    expect((await sendRaw(port, requestText('GET', '/restapis/abc123/stages'))).status).toBe(403);
    const foreign = requestText('GET', '/_aws/execute-api/abc123/prod/hello', {host: 'evil.example'});
    expect((await sendRaw(port, foreign)).status).toBe(403);
    expect(routes.length).toBe(before);
  });

  it('answers 500 as API Gateway does when serving fails, and 413 to more than 10 MB', async () => {
    const boom = await sendRaw(port, requestText('GET', '/_aws/execute-api/abc123/prod/boom'));
    expect([boom.status, boom.body]).toEqual([500, '{"message":"Internal server error"}']);
    expect(served.faults.splice(0)).toHaveLength(1);
    const large = 'x'.repeat(10 * 1024 * 1024 + 1);
    const answer = await sendRaw(port, requestText('POST', '/_aws/execute-api/abc123/prod/hello', {}, large));
    expect([answer.status, answer.body]).toEqual([413, '{"message":"Request Too Long"}']);
  });
});

describe('broken requests', () => {
  const target = {authorization: signedFor('logs'), 'x-amz-target': 'Logs_20140328.CreateLogGroup'};
  it.each([
    ['not JSON', '{'],
    ['nothing but null', 'null'],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['cut UTF-8', '{"logGroupName":"\xff'],
    ['a number for a name', '{"logGroupName":1}'],
    ['a list for a map', '{"logGroupName":"x","tags":[]}'],
    ['deep nesting', `${'['.repeat(200_000)}`],
  ])('answers 400 to %s', async (_, body) => {
    const answer = await sendRaw(port, requestText('POST', '/', target, body));
    expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('SerializationException')]);
  });

  it('takes null members for absent ones', async () => {
    const answer = await sendRaw(port, requestText('POST', '/', target, '{"logGroupName":null,"tags":null}'));
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
    });
    expect((await sendRaw(port, requestText('POST', '/', target, '{"logGroupName":"nulls","tags":null}'))).status).toBe(
      200,
    );
  });

  it('answers 431 to 10 MB of headers', async () => {
    const text = requestText('GET', '/', {'x-long': 'x'.repeat(10 * 1024 * 1024)});
    expect((await sendRaw(port, text)).status).toBe(431);
  });

  it('answers 413 to a body that no zip can be, however it is sent', async () => {
    const size = 75 * 1024 * 1024 + 1;
    const answer = await fetch(served.server.endpoint, {method: 'POST', headers: target, body: Buffer.alloc(size)});
    expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([413, 'RequestEntityTooLargeException']);
  });

  it('outlives cut bodies, nonsense and slow starts', async () => {
    const whole = requestText('POST', '/', target, '{"logGroupName":"cut"}');
    for (const end of [1, 20, whole.length - 30, whole.length - 1]) await sendAndCut(port, whole.slice(0, end));
    await sendAndCut(port, requestText('POST', '/_aws/execute-api/abc123/prod/hello', {'content-length': '1000'}));
    expect((await sendRaw(port, 'HELLO\r\n\r\n')).status).toBe(400);
    expect((await sendRaw(port, '\x16\x03\x01\x02\x00\x01\x00\x01')).status).toBe(400);
    expect((await who({})).status).toBe(200);
    expect(served.faults).toEqual([]);
  });
});

describe('the port', () => {
  it('passes on that it is taken', async () => {
    await expect(serveOn(port)).rejects.toMatchObject({code: 'EADDRINUSE'});
  });

  it('serves only what closing needs after serveOnly, and ends kept connections at close', async () => {
    const own = await serve({dataPlane: async (_, response) => void response.end()});
    const logs = new CloudWatchLogsClient(own.config);
    const iam = new IAMClient(own.config);
    own.server.serveOnly(['logs']);
    await logs.send(new CreateLogGroupCommand({logGroupName: 'late'}));
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1);
    const role = new CreateRoleCommand({RoleName: 'r', AssumeRolePolicyDocument: '{}'});
    await expect(iam.send(role)).rejects.toMatchObject({$metadata: {httpStatusCode: 503}});
    expect((await fetch(`${own.server.endpoint}/_aws/execute-api/a/prod/x`)).status).toBe(503);
    await own.server.close();
    await expect(fetch(own.server.endpoint)).rejects.toThrow();
  });
});

const serveOn = (taken: number) => startWireServer({port: taken, services: [], onFault: () => {}});
