import {createServer, type IncomingMessage, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {GetFunctionCommand} from '@aws-sdk/client-lambda';
import {afterEach, describe, expect, it} from 'vitest';
import type {ApiCall} from '../../src/aws/api-call.ts';
import {createClients} from '../../src/aws/clients.ts';
import {callerIdentity} from '../../src/aws/identity.ts';
import {withStep} from '../../src/aws/step-scope.ts';
import {retry} from '../../src/aws/until.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

type Answer = {status: number; headers?: Record<string, string>; body: string};

async function serve(answers: Answer[]): Promise<{endpoint: string; requests: IncomingMessage[]}> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const {status, headers, body} = answers[Math.min(requests.length, answers.length) - 1]!;
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  });
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests};
}

const date = 'Sat, 21 Nov 2026 03:00:00 GMT';
const found: Answer = {status: 200, headers: {date}, body: '{"Configuration":{"FunctionName":"f"}}'};
const busy: Answer = {status: 500, body: '{"message":"try later"}'};
const missing: Answer = {
  status: 404,
  headers: {'x-amzn-errortype': 'ResourceNotFoundException'},
  body: '{"Message":"no such function"}',
};
const command = new GetFunctionCommand({FunctionName: 'f'});

describe('createClients', () => {
  it('tells of every attempt, with step, status and the server’s clock', async () => {
    const {endpoint} = await serve([busy, found]);
    const calls: ApiCall[] = [];
    const clients = createClients({label: 'test', region: 'us-east-1', endpoint}, {onCall: call => calls.push(call)});
    await withStep({id: 'target'}, () => clients.lambda.send(command));
    clients.destroy();
    expect(calls).toMatchObject([
      {
        service: 'lambda',
        operation: 'GetFunction',
        input: {FunctionName: 'f'},
        step: 'target',
        status: 500,
        attempt: 1,
      },
      {service: 'lambda', operation: 'GetFunction', step: 'target', status: 200, attempt: 2, date: new Date(date)},
    ]);
    expect(calls[0]!.error).toBeTypeOf('string');
    expect(calls[0]!.retryInMs).toBeTypeOf('number');
    expect(calls[1]).not.toHaveProperty('retryInMs');
    expect(calls[1]).not.toHaveProperty('error');
  });

  it('tells of the pause before our own next try', async () => {
    const {endpoint} = await serve([missing, found]);
    const calls: ApiCall[] = [];
    const clients = createClients({label: 'test', region: 'us-east-1', endpoint}, {onCall: call => calls.push(call)});
    const patience = {what: 'it', timeoutMs: 10_000, schedule: [7], again: () => true} as const;
    await retry(() => clients.lambda.send(command), patience);
    clients.destroy();
    expect(calls.map(({status, retryInMs}) => [status, retryInMs])).toEqual([
      [404, 7],
      [200, undefined],
    ]);
  });

  it('names the error, and has status 0 when no answer came', async () => {
    const {endpoint} = await serve([missing]);
    const calls: ApiCall[] = [];
    const clients = createClients({label: 'test', region: 'us-east-1', endpoint}, {onCall: call => calls.push(call)});
    await expect(clients.lambda.send(command)).rejects.toThrow('no such function');
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    }
    await expect(clients.lambda.send(command)).rejects.toThrow();
    clients.destroy();
    expect(calls[0]).toMatchObject({status: 404, error: 'ResourceNotFoundException', attempt: 1});
    await expect.poll(() => calls.at(-1)).toMatchObject({status: 0, attempt: 4});
    expect(calls.at(-1)).not.toHaveProperty('retryInMs');
  });

  it('signs with dummy keys on a loopback endpoint, whatever the environment holds', async () => {
    const {endpoint, requests} = await serve([found]);
    process.env.AWS_ACCESS_KEY_ID = 'AKIAREAL';
    process.env.AWS_SECRET_ACCESS_KEY = 'secret';
    try {
      for (const environmentKeys of [false, true]) {
        const clients = createClients({label: 'test', region: 'eu-west-1', endpoint, environmentKeys});
        await clients.lambda.send(command);
        clients.destroy();
      }
    } finally {
      delete process.env.AWS_ACCESS_KEY_ID;
      delete process.env.AWS_SECRET_ACCESS_KEY;
    }
    expect(requests[0]!.headers.authorization).toMatch(/Credential=test\/\d{8}\/eu-west-1\/lambda\//);
    expect(requests[1]!.headers.authorization).toContain('Credential=AKIAREAL/');
  });

  it('begins no call in a step that was stopped', async () => {
    const {endpoint, requests} = await serve([found]);
    const clients = createClients({label: 'test', region: 'us-east-1', endpoint});
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(withStep({id: 'target', signal: stopped}, () => clients.lambda.send(command))).rejects.toThrow(
      'stopped',
    );
    expect(requests).toEqual([]);
    clients.destroy();
  });

  it('refuses to speak unencrypted over a network', () => {
    expect(() => createClients({label: 'x', region: 'us-east-1', endpoint: 'http://aws.example'})).toThrow(
      expect.objectContaining({kind: 'usage'}),
    );
  });
});

describe('callerIdentity', () => {
  const xml = (code: string) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>the message</Message></Error></ErrorResponse>`;

  it('reads account and partition', async () => {
    const body =
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws-cn:iam::123456789012:user/a</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
    const {endpoint} = await serve([{status: 200, headers: {'content-type': 'text/xml'}, body}]);
    const clients = createClients({label: 'test', region: 'us-east-1', endpoint});
    expect(await callerIdentity(clients)).toEqual({
      account: '123456789012',
      arn: 'arn:aws-cn:iam::123456789012:user/a',
      partition: 'aws-cn',
    });
    clients.destroy();
  });

  it.each([
    ['ExpiredToken', 'The AWS credentials have expired', 'aws sso login'],
    ['InvalidClientTokenId', 'AWS refuses these keys', 'aws configure'],
  ])('says how to get credentials after %s', async (code, title, next) => {
    const {endpoint} = await serve([{status: 403, headers: {'content-type': 'text/xml'}, body: xml(code)}]);
    const clients = createClients({label: 'test', region: 'us-east-1', endpoint});
    await expect(callerIdentity(clients)).rejects.toMatchObject({kind: 'no-credentials', title, next});
    clients.destroy();
  });

  it('says so when nobody answers', async () => {
    const {endpoint} = await serve([found]);
    for (const server of servers.splice(0)) await new Promise(resolve => server.close(resolve));
    const clients = createClients({label: 'test', region: 'us-east-1', endpoint});
    await expect(callerIdentity(clients)).rejects.toMatchObject({kind: 'failed', title: 'AWS did not answer'});
    clients.destroy();
  });
});
