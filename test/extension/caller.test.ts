import {readFile} from 'node:fs/promises';
import {createServer, type ServerResponse} from 'node:http';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {afterEach, expect, test} from 'vitest';
import {type LocalAws, startLocalAws} from '../../src/local/start.ts';
import {zipOf} from '../local/lambda/service/call.ts';
import {type Listening, listen} from './listening.ts';

let local: LocalAws | undefined;
let server: Listening | undefined;
afterEach(async () => {
  await server?.close();
  await local?.close();
});

test('the caller has its answer while table and webhook have given none', {timeout: 60_000}, async () => {
  const waiting = new Map<string, ServerResponse>();
  let asked = () => {};
  server = await listen(
    createServer((request, response) => {
      if (!waiting.has(request.url ?? '')) waiting.set(request.url ?? '', response);
      if (waiting.size === 2) asked();
    }),
  );
  const bothAsked = new Promise<void>(resolve => {
    asked = resolve;
  });
  const states: string[] = [];
  local = await startLocalAws({port: 0, onTransition: ({to}) => states.push(to)});
  const config = {
    ...{endpoint: local.endpoint, region: 'us-east-1'},
    credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  };
  const [iam, lambda] = [new IAMClient(config), new LambdaClient(config)];
  const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
  const {Role} = await iam.send(
    new CreateRoleCommand({
      RoleName: 'caller',
      AssumeRolePolicyDocument: JSON.stringify({Version: '2012-10-17', Statement: [trust]}),
    }),
  );
  const {LayerVersionArn} = await lambda.send(
    new PublishLayerVersionCommand({
      LayerName: 'notifier',
      Content: {ZipFile: await readFile(new URL('../../dist/assets/layer.zip', import.meta.url))},
    }),
  );
  const FunctionName = 'caller';
  await lambda.send(
    new CreateFunctionCommand({
      ...{FunctionName, Runtime: 'nodejs24.x', Handler: 'index.handler', Role: Role?.Arn, Timeout: 30},
      Code: {ZipFile: await zipOf({'index.mjs': 'export const handler = async () => "answered";'})},
      Layers: [LayerVersionArn ?? ''],
      Environment: {
        Variables: {
          LIFECYCLE_TABLE: 'events',
          AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${server.port}/table`,
          LIFECYCLE_WEBHOOK_URL: `http://127.0.0.1:${server.port}/hook`,
        },
      },
    }),
  );
  await waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 20, minDelay: 0.1}, {FunctionName});
  const {Payload} = await lambda.send(new InvokeCommand({FunctionName}));
  const onAnswer = [...states];
  expect(Buffer.from(Payload ?? []).toString()).toBe('"answered"');
  // Had the caller waited for the extension, the environment would be ready again.
  expect(onAnswer).toEqual(['init', 'ready', 'invoking'].slice(onAnswer[0] === 'init' ? 0 : 1));
  await bothAsked;
  expect([...waiting.keys()].sort()).toEqual(['/hook', '/table']);
  // Neither ends the function: it is ready again, and ends as told.
  await expect.poll(() => states.at(-1), {timeout: 20_000}).toBe('ready');
  for (const client of [iam, lambda]) client.destroy();
});
