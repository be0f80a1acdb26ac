import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {APIGatewayClient, CreateRestApiCommand, GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {CloudWatchLogsClient, CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs';
import {DynamoDBClient, ListTablesCommand} from '@aws-sdk/client-dynamodb';
import {CreateRoleCommand, IAMClient} from '@aws-sdk/client-iam';
import {LambdaClient, ListFunctionsCommand} from '@aws-sdk/client-lambda';
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {type LocalAws, startLocalAws} from '../../src/local/start.ts';
import {clientConfig} from './wire/served.ts';

const running: LocalAws[] = [];
const notices: string[] = [];
const start = async (port = 0) => {
  const local = await startLocalAws({port, onNotice: text => notices.push(text)});
  running.push(local);
  return local;
};

// A temp folder of the test's own, so that nobody else's folders are counted.
let ownTmp = '';
const tmpBefore = process.env.TMPDIR;
const folders = () => readdirSync(ownTmp);
beforeEach(() => {
  ownTmp = mkdtempSync(join(tmpdir(), 'start-test-'));
  process.env.TMPDIR = ownTmp;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map(local => local.close()));
  if (tmpBefore === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = tmpBefore;
  rmSync(ownTmp, {recursive: true, force: true});
});

it('serves every service of the demo on one port', async () => {
  const local = await start();
  expect(['namespaces', 'portable']).toContain(local.sandbox);
  const config = clientConfig(local.endpoint);
  expect((await new STSClient(config).send(new GetCallerIdentityCommand({}))).Account).toBe('000000000000');
  expect((await new DynamoDBClient(config).send(new ListTablesCommand({}))).TableNames).toEqual([]);
  expect((await new LambdaClient(config).send(new ListFunctionsCommand({}))).Functions).toEqual([]);
  await new CloudWatchLogsClient(config).send(new CreateLogGroupCommand({logGroupName: '/x'}));
  const document =
    '{"Statement":{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}}';
  await new IAMClient(config).send(new CreateRoleCommand({RoleName: 'r', AssumeRolePolicyDocument: document}));
  const apis = new APIGatewayClient(config);
  const {id} = await apis.send(new CreateRestApiCommand({name: 'api', endpointConfiguration: {types: ['REGIONAL']}}));
  expect((await apis.send(new GetRestApisCommand({}))).items?.map(api => api.id)).toEqual([id]);
  const undeployed = await fetch(`${local.endpoint}/_aws/execute-api/${id}/prod/hello`);
  expect([403, 404]).toContain(undeployed.status);
});

it('leaves no folder, no port and no notice of a defect behind', async () => {
  const local = await start();
  expect(folders()).not.toEqual([]);
  await Promise.all([local.close(), local.close()]);
  await expect(fetch(local.endpoint)).rejects.toThrow();
  expect(folders()).toEqual([]);
  expect(notices.filter(text => text.includes('failed'))).toEqual([]);
});

it('passes on that the port is taken, and cleans up after it', async () => {
  const {port} = await start();
  const before = folders();
  await expect(startLocalAws({port})).rejects.toMatchObject({code: 'EADDRINUSE'});
  expect(folders()).toEqual(before);
});
