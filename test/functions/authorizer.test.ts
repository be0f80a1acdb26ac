import {expect, test} from 'vitest';
import {authorize} from '../../src/functions/authorizer/authorize.ts';

const methodArn = 'arn:aws:execute-api:eu-west-1:000000000000:abc/prod/GET/hello';

const policy = (Effect: string, authorizerInfo: string) => ({
  principalId: 'user',
  policyDocument: {Version: '2012-10-17', Statement: [{Action: 'execute-api:Invoke', Effect, Resource: methodArn}]},
  context: {authorizerInfo},
});

test.each<[string, Record<string, string> | null, string | undefined, object]>([
  ['no token set, no headers', null, undefined, policy('Allow', 'Default allow policy')],
  ['an empty token is none', {}, '', policy('Allow', 'Default allow policy')],
  ['any header without a token', {Authorization: 'any-token'}, undefined, policy('Allow', 'Default allow policy')],
  ['the token, bare', {Authorization: 'sesame'}, 'sesame', policy('Allow', 'Token accepted')],
  ['the token, as bearer', {authorization: 'Bearer sesame'}, 'sesame', policy('Allow', 'Token accepted')],
  ['another token of the same length', {Authorization: 'sesamf'}, 'sesame', policy('Deny', 'Token refused')],
  ['a longer one', {Authorization: 'sesame '}, 'sesame', policy('Deny', 'Token refused')],
  ['the token in another header', {'X-Token': 'sesame'}, 'sesame', policy('Deny', 'Token refused')],
  ['no headers', null, 'sesame', policy('Deny', 'Token refused')],
])('%s', (_, headers, token, expected) => {
  expect(authorize({methodArn, headers}, token)).toEqual(expected);
});

test('an event without a method is an error, never an Allow', () => {
  expect(() => authorize({headers: null} as never, undefined)).toThrow('names no method');
});
