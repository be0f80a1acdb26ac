import {expect, test} from 'vitest';
import {CallBuckets} from '../../../src/local/behaviour/call-buckets.ts';
import {awsCallRates} from '../../../src/local/like-aws.ts';

const call = (service: string, operation: string, region = 'us-east-1') => ({
  ...{service, operation, region},
  account: '000000000000',
});

/** How many of 200 calls at once get through, and how many `laterMs` after them. */
function admitted(service: string, operation: string, laterMs: number): [atOnce: number, later: number] {
  const buckets = new CallBuckets(awsCallRates);
  const through = (now: number) => {
    let count = 0;
    for (let sent = 0; sent < 200; sent++) {
      try {
        buckets.take(call(service, operation), now);
        count++;
      } catch {}
    }
    return count;
  };
  return [through(0), through(laterMs)];
}

test.each([
  ['apigateway', 'CreateRestApi', 2_999, 1, 0],
  ['apigateway', 'CreateRestApi', 3_000, 1, 1],
  ['apigateway', 'CreateRestApi', 60_000, 1, 1],
  ['apigateway', 'CreateDeployment', 5_000, 1, 1],
  ['apigateway', 'CreateResource', 1_000, 5, 5],
  ['apigateway', 'GetResources', 1_000, 5, 2],
  ['apigateway', 'DeleteRestApi', 29_999, 1, 0],
  ['apigateway', 'DeleteRestApi', 30_000, 1, 1],
  ['apigateway', 'GetRestApis', 1_000, 40, 10],
  ['lambda', 'CreateFunction', 1_000, 15, 15],
  ['lambda', 'GetFunction', 1_000, 100, 100],
  ['lambda', 'Invoke', 0, 200, 200],
  ['logs', 'CreateLogGroup', 500, 10, 5],
  ['logs', 'FilterLogEvents', 1_000, 5, 5],
  ['dynamodb', 'TagResource', 1_000, 5, 5],
  ['dynamodb', 'PutItem', 0, 200, 200],
  ['iam', 'CreateRole', 0, 200, 200],
])('%s %s, again after %i ms: %i, then %i of 200', (service, operation, laterMs, atOnce, later) => {
  expect(admitted(service, operation, laterMs)).toEqual([atOnce, later]);
});

test('operations of one service share its bucket, regions and accounts do not', () => {
  const buckets = new CallBuckets(awsCallRates);
  for (let sent = 0; sent < 15; sent++) buckets.take(call('lambda', sent % 2 ? 'AddPermission' : 'GetPolicy'), 0);
  expect(() => buckets.take(call('lambda', 'CreateFunction'), 0)).toThrow('Rate exceeded');
  buckets.take(call('lambda', 'CreateFunction', 'eu-west-1'), 0);
  buckets.take({...call('lambda', 'CreateFunction'), account: '111111111111'}, 0);
});

test('a call that is refused by one rate costs none of another', () => {
  const buckets = new CallBuckets(awsCallRates);
  buckets.take(call('apigateway', 'DeleteRestApi'), 0);
  for (let sent = 0; sent < 100; sent++) expect(() => buckets.take(call('apigateway', 'DeleteRestApi'), 0)).toThrow();
  for (let sent = 0; sent < 39; sent++) buckets.take(call('apigateway', 'GetRestApis'), 0);
  expect(() => buckets.take(call('apigateway', 'GetRestApis'), 0)).toThrow('Too Many Requests');
});

test.each([
  ['apigateway', 'DeleteRestApi', 'TooManyRequestsException', 429],
  ['lambda', 'CreateFunction', 'TooManyRequestsException', 429],
  ['logs', 'CreateLogGroup', 'ThrottlingException', 400],
  ['dynamodb', 'TagResource', 'ThrottlingException', 400],
])('%s says it in its own words', (service, operation, code, status) => {
  const buckets = new CallBuckets([{service, tokens: 1, everyMs: 1, burst: 0}]);
  expect(() => buckets.take(call(service, operation), 0)).toThrow(expect.objectContaining({code, status}));
});
