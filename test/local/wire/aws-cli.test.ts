import {execFile, spawnSync} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Served, serve} from './served.ts';

// botocore reads our answers with other code than the SDK that helps to write them: an independent witness.
const missing = spawnSync('aws', ['--version']).status !== 0;
if (missing) console.log('skipped: the aws CLI is not installed');

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.server.close());

const run = promisify(execFile);
async function aws(...words: string[]): Promise<unknown> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ENDPOINT_URL: served.server.endpoint,
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const {stdout} = await run('aws', ['--output', 'json', ...words], {env});
  return stdout.trim() === '' ? undefined : JSON.parse(stdout);
}

describe.skipIf(missing)('the aws CLI', {timeout: 60_000}, () => {
  it('reads query answers and errors', async () => {
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({Account: '000000000000'});
    const document = {
      Version: '2012-10-17',
      Statement: [{Effect: 'Allow', Principal: {Service: 'lambda.amazonaws.com'}, Action: 'sts:AssumeRole'}],
    };
    const trust = JSON.stringify(document);
    const create = [
      'iam',
      'create-role',
      '--role-name',
      'r',
      '--assume-role-policy-document',
      trust,
      '--tags',
      'Key=a,Value=b c',
    ];
    expect(await aws(...create)).toMatchObject({Role: {RoleName: 'r', Tags: [{Key: 'a', Value: 'b c'}]}});
    await expect(aws(...create)).rejects.toMatchObject({stderr: expect.stringContaining('(EntityAlreadyExists)')});
    expect(await aws('iam', 'get-role', '--role-name', 'r')).toMatchObject({
      Role: {AssumeRolePolicyDocument: document},
    });
    expect(await aws('iam', 'list-role-policies', '--role-name', 'r')).toEqual({PolicyNames: []});
  });

  it('reads JSON answers and errors', async () => {
    const group = ['--log-group-name', '/a'];
    expect(await aws('logs', 'create-log-group', ...group, '--tags', 'a=b')).toBeUndefined();
    await aws('logs', 'put-retention-policy', ...group, '--retention-in-days', '1');
    await aws('logs', 'create-log-stream', ...group, '--log-stream-name', 's');
    const event = `timestamp=${Date.now()},message=hello`;
    await aws('logs', 'put-log-events', ...group, '--log-stream-name', 's', '--log-events', event);
    expect(await aws('logs', 'describe-log-groups')).toMatchObject({
      logGroups: [{logGroupName: '/a', retentionInDays: 1}],
    });
    const found = await aws('logs', 'filter-log-events', ...group, '--filter-pattern', 'hello');
    expect(found).toMatchObject({events: [{message: 'hello', logStreamName: 's'}]});
    const missingGroup = aws('logs', 'delete-log-group', '--log-group-name', '/absent');
    await expect(missingGroup).rejects.toMatchObject({stderr: expect.stringContaining('(ResourceNotFoundException)')});
  });
});
