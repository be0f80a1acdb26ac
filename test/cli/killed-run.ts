import {APIGatewayClient, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {LambdaClient, ListLayerVersionsCommand} from '@aws-sdk/client-lambda';
import {expect} from 'vitest';
import {ndjson, runCli, startCli} from './run-cli.ts';

export type Command = 'deploy' | 'teardown';

/** kill -9 of `deploy` or `teardown` of a stack once it has said as many lines; `undefined` lets it end. */
export async function killAfter(
  endpoint: string,
  command: Command,
  stack: string,
  lines: number,
  ...flags: string[]
): Promise<void> {
  const running = startCli([command, ...flags, '--json', '--stack', stack, '--endpoint-url', endpoint]);
  await Promise.race([running.said(new RegExp(`(?:[^\\n]*\\n){${lines}}`)).catch(() => {}), running.ended]);
  running.child.kill('SIGKILL');
  await running.ended;
}

/** After a run that was killed the next `command` makes the stack complete, with one of each, or gone. */
export async function expectCompletion(
  endpoint: string,
  command: Command,
  stack: string,
  ...flags: string[]
): Promise<void> {
  const cli = async (...args: string[]) => {
    const {stdout, stderr} = await runCli([...args, '--stack', stack, '--endpoint-url', endpoint, '--json']);
    return {result: ndjson(stdout).at(-1)!, stderr};
  };
  const {result, stderr} = await cli(command, ...flags);
  expect(result, stderr).toMatchObject(command === 'deploy' ? {ok: true} : {ok: true, left: []});
  const there = command === 'deploy' ? 1 : 0;
  expect((await cli('status')).result).toMatchObject({state: command === 'deploy' ? 'deployed' : 'absent'});
  expect(await countsOf(endpoint, stack)).toEqual({apis: there, layerVersions: there});
}

async function countsOf(endpoint: string, stack: string): Promise<{apis: number; layerVersions: number}> {
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
