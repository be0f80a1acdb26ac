import {execFile, spawnSync} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {ndjson, runCli, serveLocal} from './run-cli.ts';

// The commands that the README shows, run by the tools of others against a running `local`.
const missing = ['aws', 'curl'].filter(tool => spawnSync(tool, ['--version']).status !== 0);
if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} not installed`);

const run = promisify(execFile);
let served: Awaited<ReturnType<typeof serveLocal>>;
let endpoint: string;

async function aws(...words: string[]) {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: endpoint,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  const {stdout} = await run('aws', ['--output', 'json', ...words], {env});
  return JSON.parse(stdout);
}

async function curl(...words: string[]): Promise<string> {
  return (await run('curl', ['-sS', '-i', ...words])).stdout;
}

async function until<T>(read: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const value = await read();
    if (wanted(value)) return value;
    if (Date.now() > deadline) throw new Error(`not in 10 s: ${JSON.stringify(value)}`);
  }
}

describe.skipIf(missing.length > 0)('with the aws CLI and curl on a running local', {timeout: 60_000}, () => {
  beforeAll(async () => {
    served = await serveLocal();
    ({endpoint} = served);
  });
  afterAll(() => served.stop());

  test('deploy, curl, look, force SHUTDOWN', async () => {
    const deployed = await runCli(['deploy', '--json', '--endpoint-url', endpoint]);
    const apiUrl = String(ndjson(deployed.stdout).at(-1)!.apiUrl);

    for (const headers of [[], ['-H', 'Authorization: any-token']]) {
      const answer = await curl(...headers, apiUrl);
      expect(answer).toMatch(/^HTTP\/1\.1 200/);
      expect(answer).toMatch(/content-type: text\/html/i);
    }
    const [, apiId] = /execute-api\/(\w+)\//.exec(apiUrl)!;
    expect(await curl(`${endpoint}/restapis/${apiId}/prod/_user_request_/hello`)).toMatch(/^HTTP\/1\.1 200/);
    expect(await curl('-H', `Host: ${apiId}.execute-api.localhost`, `${endpoint}/prod/hello`)).toMatch(
      /^HTTP\/1\.1 200/,
    );

    const functionName = 'lambda-target-demo';
    expect((await aws('lambda', 'get-function', '--function-name', functionName)).Configuration).toMatchObject({
      State: 'Active',
      Runtime: 'nodejs24.x',
    });
    expect((await aws('iam', 'get-role', '--role-name', 'lambda-shutdown-demo-role')).Role.Arn).toContain(
      '000000000000',
    );
    expect((await aws('apigateway', 'get-rest-apis')).items).toMatchObject([{id: apiId, name: 'lambda-lifecycle-api'}]);

    await aws('lambda', 'update-function-configuration', '--function-name', functionName, '--description', 'x');
    const items = await until(
      async () => (await aws('dynamodb', 'scan', '--table-name', 'lambda-state-events')).Items as Item[],
      found => found.some(item => item.eventType.S === 'SHUTDOWN'),
    );
    expect(items.find(item => item.eventType.S === 'SHUTDOWN')?.shutdownReason.S).toBe('spindown');
    const logs = await aws('logs', 'filter-log-events', '--log-group-name', `/aws/lambda/${functionName}`);
    expect((logs.events as {message: string}[]).map(event => event.message.trim())).toContain(
      '[shutdown-notifier] SHUTDOWN! Reason: spindown',
    );
  });
});

type Item = {eventType: {S: string}; shutdownReason: {S: string}};
