import {spawn, spawnSync} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2} from '@aws-sdk/client-lambda';
import {afterEach, expect, test} from 'vitest';
import {type LocalAws, startLocalAws} from '../../../src/local/start.ts';
import {zipOf} from '../../local/lambda/service/call.ts';

const missing = ['aws', 'bash'].filter(tool => spawnSync(tool, ['--version']).status !== 0);
if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} not installed`);
const layer = fileURLToPath(new URL('../../../dist/assets/layer.zip', import.meta.url));

let local: LocalAws | undefined;
let folder = '';
afterEach(async () => {
  await local?.close();
  await rm(folder, {recursive: true, force: true});
});

/** All shell commands of the page, its path to the layer put right. */
async function readCommands(): Promise<string> {
  const text = await readFile(new URL('../../../docs/extension.md', import.meta.url), 'utf8');
  const commands = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(match => match[1]).join('');
  expect(commands).toContain('LAYER_ZIP=dist/assets/layer.zip');
  return commands.replace('LAYER_ZIP=dist/assets/layer.zip', `LAYER_ZIP='${layer}'`);
}

/** `my-function` with `my-role`, as someone has them who comes to the page. */
async function provide(endpoint: string): Promise<void> {
  const config = {endpoint, region: 'us-east-1', credentials: {accessKeyId: 'test', secretAccessKey: 'test'}};
  const [iam, lambda] = [new IAMClient(config), new LambdaClient(config)];
  const trust = {Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'};
  const {Role} = await iam.send(
    new CreateRoleCommand({
      RoleName: 'my-role',
      AssumeRolePolicyDocument: JSON.stringify({Version: '2012-10-17', Statement: [trust]}),
    }),
  );
  await lambda.send(
    new CreateFunctionCommand({
      ...{FunctionName: 'my-function', Runtime: 'nodejs24.x', Handler: 'index.handler', Role: Role?.Arn},
      Code: {ZipFile: await zipOf({'index.mjs': 'export const handler = async () => "hello";'})},
    }),
  );
  await waitUntilFunctionActiveV2({client: lambda, maxWaitTime: 20, minDelay: 0.1}, {FunctionName: 'my-function'});
  for (const client of [iam, lambda]) client.destroy();
}

test.skipIf(missing.length > 0)('docs/extension.md, word for word: INVOKE is in the table', async () => {
  local = await startLocalAws({port: 0});
  folder = await mkdtemp(join(tmpdir(), 'attach-'));
  await provide(local.endpoint);
  // Also for versions of the CLI that know no AWS_ENDPOINT_URL.
  await writeFile(
    join(folder, 'commands'),
    `aws() { command aws --endpoint-url ${local.endpoint} "$@"; }\n${await readCommands()}`,
  );
  const child = spawn('bash', ['-e', 'commands'], {
    cwd: folder,
    env: {
      ...{PATH: process.env.PATH, HOME: folder, AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true'},
      ...{AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_DEFAULT_REGION: 'us-east-1'},
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  }
  const code = await new Promise(resolve => child.once('close', resolve));
  expect(code, text).toBe(0);
  expect(text).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z\tINVOKE\t[0-9a-f-]{36}\t1$/m);
  expect(await readFile(join(folder, 'answer.json'), 'utf8')).toBe('"hello"');
});
