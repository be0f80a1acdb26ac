import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveLocal} from './run-cli.ts';
import {cliOn, statusOn} from './stack-cli.ts';

let served: Awaited<ReturnType<typeof serveLocal>>;

const cli = (...words: string[]) => cliOn(served.endpoint, ...words);
const status = () => statusOn(served.endpoint);

describe('deploy --dry-run', {timeout: 120_000}, () => {
  beforeAll(async () => {
    served = await serveLocal();
  });
  afterAll(() => served.stop());

  test('changes nothing, not even with --read-only, and never prints a token', async () => {
    const script = await cli('deploy', '--dry-run', '--read-only', '--auth', 'token');
    expect(script).toMatch(/^aws iam create-role --role-name lambda-shutdown-demo-role /m);
    expect(script.indexOf('aws iam create-role')).toBe(script.search(/aws \w+ (create|put|publish)/));
    expect(script).toContain('waits for role, layer, logs-target');
    expect(script).toContain('"$TOKEN"');
    expect(script).not.toMatch(/LIFECYCLE_AUTH_TOKEN":"[0-9a-f]/);
    expect(await status()).toMatchObject({state: 'absent'});
  });

  test('has nothing to do where all is as it should be', async () => {
    await cli('deploy', '--no-smoke', '--ttl', '1h');
    expect(await cli('deploy', '--dry-run', '--ttl', '1h')).toBe(
      '# Nothing to do: the stack is as deploy would make it.\n',
    );
    const repair = await cli('deploy', '--dry-run', '--auth', 'token');
    expect(repair.match(/^aws [\w-]+ [\w-]+ --function-name [\w-]+/gm)).toEqual([
      'aws lambda update-function-configuration --function-name lambda-target-demo',
      'aws lambda update-function-configuration --function-name lambda-authorizer-demo',
    ]);
  });
});
