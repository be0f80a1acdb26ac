import {execFile, spawnSync} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveLocal} from './run-cli.ts';
import {cliOn, statusOn} from './stack-cli.ts';

const isMissing = spawnSync('aws', ['--version']).status !== 0;
if (isMissing) console.log('skipped: aws not installed, the printed script is not run');

const run = promisify(execFile);
let served: Awaited<ReturnType<typeof serveLocal>>;

const cli = (...words: string[]) => cliOn(served.endpoint, ...words);
const status = () => statusOn(served.endpoint);

/** Runs a script as a user with the aws CLI does. */
async function sh(script: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return (await run('sh', ['-c', script], {env})).stdout;
}

describe('the script of deploy --dry-run', {timeout: 120_000}, () => {
  beforeAll(async () => {
    served = await serveLocal();
  });
  afterAll(() => served.stop());

  test.skipIf(isMissing)('makes what deploy makes, and then there is nothing to do', async () => {
    const hint = await sh(await cli('deploy', '--dry-run', '--auth', 'token'));
    expect(await status()).toEqual({state: 'deployed', drift: []});
    const url = /http\S+/.exec(hint)![0];
    expect((await fetch(url)).status).toBe(403);
    expect(await cli('deploy', '--dry-run')).toContain('# Nothing to do');

    await sh(`AWS_ENDPOINT_URL=${served.endpoint} AWS_DEFAULT_REGION=us-east-1 sh -c '
      aws lambda update-function-configuration --function-name lambda-target-demo --timeout 9 >/dev/null
      aws logs delete-log-group --log-group-name /aws/lambda/lambda-authorizer-demo'`);
    const repair = await cli('deploy', '--dry-run');
    expect(repair.match(/^(patiently )?aws [\w-]+ [\w-]+/gm)).toEqual([
      'aws lambda update-function-configuration',
      'aws logs create-log-group',
      'aws logs put-retention-policy',
    ]);
    await sh(repair);
    expect(await status()).toEqual({state: 'deployed', drift: []});
  });
});
