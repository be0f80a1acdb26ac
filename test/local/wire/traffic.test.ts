import {DynamoDBClient, ListTablesCommand} from '@aws-sdk/client-dynamodb';
import {GetCallerIdentityCommand, STSClient} from '@aws-sdk/client-sts';
import {afterAll, beforeAll, beforeEach, expect, test} from 'vitest';
import {type LocalAws, startLocalAws} from '../../../src/local/start.ts';
import {ServiceError} from '../../../src/local/wire/service.ts';
import {ConnectionCut, freeWay, type PassingCall, type Traffic} from '../../../src/local/wire/traffic.ts';

let local: LocalAws;
let traffic: Traffic = freeWay;
const seen: PassingCall[] = [];

beforeAll(async () => {
  local = await startLocalAws({
    port: 0,
    traffic: (call, perform) => {
      seen.push(call);
      return traffic(call, perform);
    },
  });
});
afterAll(() => local.close());
beforeEach(() => {
  traffic = freeWay;
  seen.length = 0;
});

const settings = () => ({
  endpoint: local.endpoint,
  region: 'eu-west-1',
  credentials: {accessKeyId: 'test', secretAccessKey: 'test'},
  maxAttempts: 1,
});
const calls: Record<string, () => Promise<unknown>> = {
  sts: () => new STSClient(settings()).send(new GetCallerIdentityCommand()),
  dynamodb: () => new DynamoDBClient(settings()).send(new ListTablesCommand()),
};

test.each([
  ['sts', 'GetCallerIdentity'],
  ['dynamodb', 'ListTables'],
])('every call of %s passes with its name', async (service, operation) => {
  await calls[service]!();
  expect(seen).toEqual([{service, operation, account: '000000000000', region: 'eu-west-1'}]);
});

test.each(['sts', 'dynamodb'])('a refusal on the way of %s is one of the service', async service => {
  traffic = () => Promise.reject(new ServiceError('ThrottlingException', 'Rate exceeded', 400));
  await expect(calls[service]!()).rejects.toMatchObject({
    name: expect.stringMatching(/^Throttling/),
    message: 'Rate exceeded',
  });
});

test.each(['sts', 'dynamodb'])('a call to %s that is cut off gets no answer, with its effect', async service => {
  let isPerformed = false;
  traffic = async (_call, perform) => {
    await perform();
    isPerformed = true;
    throw new ConnectionCut();
  };
  await expect(calls[service]!()).rejects.toMatchObject({code: 'ECONNRESET'});
  expect(isPerformed).toBe(true);
});
