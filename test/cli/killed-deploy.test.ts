import {APIGatewayClient, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {LambdaClient, ListLayerVersionsCommand} from '@aws-sdk/client-lambda';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {ndjson, runCli, serveLocal, startCli} from './run-cli.ts';

let served: Awaited<ReturnType<typeof serveLocal>>;
let endpoint: string;
const cli = (...args: string[]) => runCli([...args, '--endpoint-url', endpoint, '--json']);
const result = (text: string) => ndjson(text).at(-1)!;

beforeAll(async () => {
  served = await serveLocal();
  ({endpoint} = served);
});
afterAll(() => served.stop());

/** kill -9 of a deployment the moment it says that a step has come so far. */
async function killAt(step: string, status: string, stack: string): Promise<void> {
  const deploying = startCli(['deploy', '--json', '--stack', stack, '--endpoint-url', endpoint]);
  await deploying.said(new RegExp(`"type":"step","id":"${step}",[^\\n]*"status":"${status}"`));
  deploying.child.kill('SIGKILL');
  await deploying.ended;
}

async function countsOf(stack: string): Promise<{apis: number; layerVersions: number}> {
  const access = {endpoint, region: 'us-east-1', credentials: {accessKeyId: 'test', secretAccessKey: 'test'}};
  const apigateway = new APIGatewayClient(access);
  const lambda = new LambdaClient(access);
  const {items = []} = await apigateway.send(new GetRestApisCommand({limit: 500}));
  const {LayerVersions = []} = await lambda.send(
    new ListLayerVersionsCommand({LayerName: `${stack}-lambda-shutdown-extension`}),
  );
  apigateway.destroy();
  lambda.destroy();
  return {
    apis: items.filter(api => api.name === `${stack}-lambda-lifecycle-api`).length,
    layerVersions: LayerVersions.length,
  };
}

test.each([
  ['role', 'running'],
  ['table', 'running'],
  ['layer', 'done'],
  ['api', 'running'],
  ['target', 'running'],
  ['permissions', 'done'],
])('kill -9 of deploy at %s %s: the next deploy completes it, without duplicates', async (step, status) => {
  const stack = `kill-${step}`;
  await killAt(step, status, stack);
  const completed = await cli('deploy', '--stack', stack);
  expect(result(completed.stdout), completed.stderr).toMatchObject({ok: true});
  expect(result((await cli('status', '--stack', stack)).stdout)).toMatchObject({state: 'deployed'});
  expect(await countsOf(stack)).toEqual({apis: 1, layerVersions: 1});
  expect(result((await cli('teardown', '--stack', stack)).stdout)).toMatchObject({ok: true, left: []});
});

test.each([
  ['table', 'running'],
  ['api', 'running'],
  ['permissions', 'done'],
])('kill -9 of deploy at %s %s: teardown removes what is there', async (step, status) => {
  const stack = `gone-${step}`;
  await killAt(step, status, stack);
  expect(result((await cli('teardown', '--stack', stack)).stdout)).toMatchObject({ok: true, left: []});
  expect(result((await cli('status', '--stack', stack)).stdout)).toMatchObject({state: 'absent'});
  expect(await countsOf(stack)).toEqual({apis: 0, layerVersions: 0});
});
