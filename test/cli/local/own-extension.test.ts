import {existsSync} from 'node:fs';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import {afterEach, expect, test} from 'vitest';
import {processTree, stillRunning} from '../../../src/cli/process-tree.ts';
import {zipOf} from '../../local/lambda/service/call.ts';
import {ndjson, type Running, startCli} from '../run-cli.ts';
import {readRecipe} from './recipe.ts';

let running: Running | undefined;
afterEach(async () => {
  running?.child.stdin.end();
  await running?.ended;
});

const credentials = {accessKeyId: 'test', secretAccessKey: 'test'};
const trust = {
  Version: '2012-10-17',
  Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
};

/** The recipe of docs/local.md with the SDK, up to the function that can be invoked. */
async function provide(endpoint: string, files: {extension: string; handler: string}): Promise<LambdaClient> {
  const iam = new IAMClient({endpoint, region: 'us-east-1', credentials});
  const lambda = new LambdaClient({endpoint, region: 'us-east-1', credentials, maxAttempts: 1});
  const {Role} = await iam.send(
    new CreateRoleCommand({RoleName: 'my-role', AssumeRolePolicyDocument: JSON.stringify(trust)}),
  );
  iam.destroy();
  const layer = await lambda.send(
    new PublishLayerVersionCommand({
      LayerName: 'my-extension',
      Content: {ZipFile: await zipOf({'extensions/my-extension': files.extension})},
    }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      ...{FunctionName: 'my-function', Runtime: 'nodejs24.x', Handler: 'index.handler', Role: Role?.Arn},
      Code: {ZipFile: await zipOf({'index.mjs': files.handler})},
      Layers: [layer.LayerVersionArn ?? ''],
    }),
  );
  await waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 20, minDelay: 0.1}, {FunctionName: 'my-function'});
  return lambda;
}

test('the journal tells the life of the extension in docs/local.md, for a person', {timeout: 60_000}, async () => {
  const {extension} = await readRecipe();
  const handler = `export const handler = async event => {
    if (event.fail) throw new TypeError('boom');
    return event;
  };`;
  running = startCli(['local', '--port', '0', '--idle', '60s']);
  const [, endpoint = ''] = await running.said(/^Embedded AWS {2}(http:\S+)$/m);
  await running.said(/^Ready\./m);
  const banner = running.stdout();
  expect(banner).toMatch(/^ {2}sandbox {3}(namespaces|portable): /m);
  expect(banner).toContain(`  node      ${process.version} runs the functions`);
  expect(banner).toContain(`export AWS_ENDPOINT_URL=${endpoint}\n`);
  expect(banner).not.toContain('\x1b[');

  const lambda = await provide(endpoint, {extension, handler});
  const FunctionName = 'my-function';
  await lambda.send(new InvokeCommand({FunctionName}));
  await running.said(/my-function +init → ready +\d.*\n.*ready → invoking .*cold {2}[0-9a-f-]{36}\n/);
  await running.said(/my-function +invoking → ready +\d+ ms\n/);
  await lambda.send(new InvokeCommand({FunctionName, InvocationType: 'Event', Payload: Buffer.from('{"fail":true}')}));
  await running.said(/my-function +ready → invoking .*warm {2}[0-9a-f-]{36}\n/);
  await running.said(/my-function +invoking → ready .*function error TypeError {2}[0-9a-f]{8}\n/);
  await running.said(
    /! Asynchronous event [0-9a-f-]{36} of my-function failed, retry 1 of 2 in 1 s \(60 s on AWS\)\.\n/,
  );
  await lambda.send(new UpdateFunctionConfigurationCommand({FunctionName, Description: 'again'}));
  await running.said(/ready → shutting-down .*SHUTDOWN spindown, 2\.0 s to go\n/);
  await running.said(/shutting-down → gone .*my-extension exited \d+ ms after SHUTDOWN\n/);
  lambda.destroy();
});

test('a second Ctrl-C ends it at once, and nothing is left', {timeout: 60_000}, async () => {
  const {extension, handler} = await readRecipe();
  running = startCli(['local', '--port', '0', '--json', '--idle', '60s']);
  await running.said(/"ready"/);
  const [ready = {}] = ndjson(running.stdout());
  const lambda = await provide(String(ready.endpoint), {
    // It takes SHUTDOWN and stays.
    extension: extension.replace('process.exit(0)', 'await new Promise(() => setInterval(() => {}, 1_000))'),
    handler,
  });
  await lambda.send(new InvokeCommand({FunctionName: 'my-function'}));
  lambda.destroy();
  const pids = await processTree(Number(ready.pid));
  running.child.kill('SIGINT');
  await running.said(/"to":"shutting-down"/);
  running.child.kill('SIGINT');
  const {code, stdout, stderr} = await running.ended;
  expect(code).toBe(130);
  expect(stderr).toContain('Ending: 1 environment gets its SHUTDOWN (Ctrl-C again ends at once)');
  expect(ndjson(stdout).at(-1)).toMatchObject({type: 'result', ok: false, interrupted: true});
  expect(stdout).not.toContain('"gone"');
  expect(await stillRunning(pids, 10_000)).toEqual([]);
  await expect.poll(() => existsSync(String(ready.folder)), {timeout: 10_000}).toBe(false);
});
