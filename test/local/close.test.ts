import {once} from 'node:events';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';
import {CreateTableCommand, DynamoDBClient, waitUntilTableExists} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {afterEach, expect, it} from 'vitest';
import {ZipFile} from 'yazl';
import {type LocalAws, startLocalAws} from '../../src/local/start.ts';
import {clientConfig} from './wire/served.ts';

/** Registers, and at SHUTDOWN writes an item and says to REPORT_TO what came of it. */
const extension = `#!${process.execPath}
const api = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + '/2020-01-01/extension';
const authorization = 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0';
const put = () => fetch(process.env.AWS_ENDPOINT_URL, {
  method: 'POST',
  headers: {authorization, 'x-amz-date': '20260101T000000Z', 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.PutItem'},
  body: JSON.stringify({TableName: 'events', Item: {eventId: {S: 'last'}}}),
});
(async () => {
  const headers = {'lambda-extension-name': 'last-words'};
  const registered = await fetch(api + '/register', {method: 'POST', headers, body: '{"events":["SHUTDOWN"]}'});
  const id = registered.headers.get('lambda-extension-identifier');
  const event = await (await fetch(api + '/event/next', {headers: {'lambda-extension-identifier': id}})).json();
  const {status} = await put();
  const refused = await fetch(process.env.AWS_ENDPOINT_URL + '/_aws/execute-api/a/prod/hello');
  const report = {event: event.eventType, reason: event.shutdownReason, put: status, api: refused.status};
  await fetch(process.env.REPORT_TO, {method: 'POST', body: JSON.stringify(report)});
})();
`;

let local: LocalAws | undefined;
let witness: Server | undefined;
afterEach(async () => {
  await local?.close();
  witness?.closeAllConnections();
  witness?.close();
});

it('lets extensions write their last event while it closes', async () => {
  const reports: unknown[] = [];
  witness = createServer(async (request, response) => {
    reports.push(JSON.parse((await buffer(request)).toString()));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(witness, 'listening');
  const reportTo = `http://127.0.0.1:${(witness.address() as AddressInfo).port}`;
  const ends: (string | undefined)[] = [];
  local = await startLocalAws({port: 0, onTransition: one => one.to === 'shutting-down' && ends.push(one.reason)});
  const config = clientConfig(local.endpoint);
  await deploy(config, reportTo);
  const lambda = new LambdaClient(config);
  const answer = await lambda.send(new InvokeCommand({FunctionName: 'f', Payload: Buffer.from('{"n":1}')}));
  expect([answer.FunctionError, answer.Payload?.transformToString()]).toEqual([undefined, '{"n":1}']);

  await local.close();
  expect(reports).toEqual([{event: 'SHUTDOWN', reason: 'spindown', put: 200, api: 503}]);
  expect(ends).toEqual(['spindown']);
});

async function deploy(config: ReturnType<typeof clientConfig>, reportTo: string): Promise<void> {
  const dynamodb = new DynamoDBClient(config);
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'events',
      AttributeDefinitions: [{AttributeName: 'eventId', AttributeType: 'S'}],
      KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await waitUntilTableExists({client: dynamodb, maxWaitTime: 10, minDelay: 1, maxDelay: 1}, {TableName: 'events'});
  const statement = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
  const AssumeRolePolicyDocument = JSON.stringify({Version: '2012-10-17', Statement: [statement]});
  const role = await new IAMClient(config).send(new CreateRoleCommand({RoleName: 'r', AssumeRolePolicyDocument}));
  const lambda = new LambdaClient(config);
  const layer = await lambda.send(
    new PublishLayerVersionCommand({
      LayerName: 'l',
      Content: {ZipFile: await zipOf('extensions/last-words', extension)},
    }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'f',
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: role.Role?.Arn,
      Code: {ZipFile: await zipOf('index.mjs', 'export const handler = async event => event;')},
      Layers: [layer.LayerVersionArn ?? ''],
      Environment: {Variables: {REPORT_TO: reportTo}},
      Timeout: 10,
    }),
  );
  await waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 10, minDelay: 1, maxDelay: 1}, {FunctionName: 'f'});
}

async function zipOf(name: string, text: string): Promise<Uint8Array> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(text), name, {mode: 0o100755});
  zip.end();
  return await buffer(zip.outputStream);
}
