import {AssumeRoleCommand, GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {clientConfig, type Served, serve} from '../wire/served.ts';

let served: Served;
beforeAll(async () => {
  served = await serve();
});
afterAll(() => served.server.close());

it.each([
  ['test', '000000000000'],
  ['AKIAIOSFODNN7EXAMPLE', '000000000000'],
  ['123456789012', '123456789012'],
])('takes the account from the access key %s', async (key, account) => {
  const sts = new STSClient(clientConfig(served.server.endpoint, key));
  const identity = await sts.send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({Account: account, UserId: account, Arn: `arn:aws:iam::${account}:root`});
  expect(identity.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
});

it('answers 501 to what it does not serve', async () => {
  const sts = new STSClient(served.config);
  const assume = new AssumeRoleCommand({RoleArn: 'arn:aws:iam::000000000000:role/r', RoleSessionName: 'session'});
  await expect(sts.send(assume)).rejects.toMatchObject({name: 'NotImplemented', $metadata: {httpStatusCode: 501}});
});
