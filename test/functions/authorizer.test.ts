import {describe, expect, test} from 'vitest';
import {authorize} from '../../src/functions/authorizer/authorize.ts';
import {version1} from './events/version-1.ts';
import {version2} from './events/version-2.ts';

const methodArn = 'arn:aws:execute-api:eu-west-1:000000000000:abc/prod/GET/hello';
const routeArn = 'arn:aws:execute-api:eu-west-1:000000000000:abc/$default/GET/hello';

const policy = (Effect: string, authorizerInfo: string, Resource = methodArn) => ({
  principalId: 'user',
  policyDocument: {Version: '2012-10-17', Statement: [{Action: 'execute-api:Invoke', Effect, Resource}]},
  context: {authorizerInfo},
});
const simple = (isAuthorized: boolean, authorizerInfo: string) => ({isAuthorized, context: {authorizerInfo}});

type Headers = Record<string, unknown> | null;
const request = (headers: Headers) => ({...version1('GET', '/hello', {headers}), type: 'REQUEST', methodArn});
const token = (authorizationToken?: unknown) => ({type: 'TOKEN', authorizationToken, methodArn});
const http = (headers: Headers, identitySource: unknown = null) => ({
  ...version2('GET', '/hello', {headers}),
  ...{type: 'REQUEST', routeArn, identitySource},
});

describe('of type REQUEST', () => {
  test.each<[string, Headers, string | undefined, object]>([
    ['no token set, no headers', null, undefined, policy('Allow', 'Default allow policy')],
    ['an empty token is none', {}, '', policy('Allow', 'Default allow policy')],
    ['any header without a token', {Authorization: 'any-token'}, undefined, policy('Allow', 'Default allow policy')],
    ['the token, bare', {Authorization: 'sesame'}, 'sesame', policy('Allow', 'Token accepted')],
    ['the token, as bearer', {authorization: 'Bearer sesame'}, 'sesame', policy('Allow', 'Token accepted')],
    [
      'the token, as bearer in capitals',
      {AUTHORIZATION: 'BEARER  sesame'},
      'sesame',
      policy('Allow', 'Token accepted'),
    ],
    ['another token of the same length', {Authorization: 'sesamf'}, 'sesame', policy('Deny', 'Token refused')],
    ['a longer one', {Authorization: 'sesame '}, 'sesame', policy('Deny', 'Token refused')],
    ['an empty one', {Authorization: ''}, 'sesame', policy('Deny', 'Token refused')],
    ['the word alone', {Authorization: 'Bearer '}, 'sesame', policy('Deny', 'Token refused')],
    ['the token in another header', {'X-Token': 'sesame'}, 'sesame', policy('Deny', 'Token refused')],
    ['a list', {Authorization: ['sesame']}, 'sesame', policy('Deny', 'Token refused')],
    ['no headers', null, 'sesame', policy('Deny', 'Token refused')],
  ])('%s', (_, headers, expected, answer) => {
    expect(authorize(request(headers), expected)).toEqual(answer);
  });
});

describe('of type TOKEN', () => {
  test.each<[string, unknown, string | undefined, object]>([
    ['no token set', 'anything', undefined, policy('Allow', 'Default allow policy')],
    ['the token', 'sesame', 'sesame', policy('Allow', 'Token accepted')],
    ['the token, as bearer', 'Bearer sesame', 'sesame', policy('Allow', 'Token accepted')],
    ['another one', 'open', 'sesame', policy('Deny', 'Token refused')],
    ['none', undefined, 'sesame', policy('Deny', 'Token refused')],
    ['a number', 7, '7', policy('Deny', 'Token refused')],
  ])('%s', (_, given, expected, answer) => {
    expect(authorize(token(given), expected)).toEqual(answer);
  });

  test('does not look at headers', () => {
    const event = {...token('open'), headers: {Authorization: 'sesame'}};
    expect(authorize(event, 'sesame')).toEqual(policy('Deny', 'Token refused'));
  });
});

describe('of payload format 2.0: the simple response', () => {
  test.each<[string, object, string | undefined, object]>([
    ['no token set', http({}), undefined, simple(true, 'Default allow policy')],
    ['the token', http({authorization: 'Bearer sesame'}), 'sesame', simple(true, 'Token accepted')],
    ['the token as identity source', http({}, ['x', 'sesame']), 'sesame', simple(true, 'Token accepted')],
    ['another one', http({authorization: 'open'}, ['open']), 'sesame', simple(false, 'Token refused')],
    ['none', http(null), 'sesame', simple(false, 'Token refused')],
    ['no route', {...http({}), routeArn: undefined}, undefined, simple(false, 'Malformed event')],
    ['nothing else', {version: '2.0'}, undefined, simple(false, 'Malformed event')],
  ])('%s', (_, event, expected, answer) => {
    expect(authorize(event, expected)).toEqual(answer);
  });

  test('format 1.0 of an HTTP API is answered with a policy', () => {
    const event = {...request({Authorization: 'sesame'}), version: '1.0', identitySource: 'sesame'};
    expect(authorize(event, 'sesame')).toEqual(policy('Allow', 'Token accepted'));
  });
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'x'],
  ['a number', 1],
  ['a list', [token('sesame')]],
  ['an empty object', {}],
  ['no method', {type: 'REQUEST', headers: {Authorization: 'sesame'}}],
  ['no type', {methodArn, headers: {Authorization: 'sesame'}}],
  ['another type', {type: 'JWT', methodArn, headers: {Authorization: 'sesame'}}],
  ['a method for everything', {...token('sesame'), methodArn: '*'}],
  ['a method for every API', {...token('sesame'), methodArn: 'arn:aws:execute-api:*:*:*'}],
  [
    'a method of another service',
    {...token('sesame'), methodArn: 'arn:aws:lambda:eu-west-1:000000000000:function:f/x'},
  ],
  ['a method that is a number', {...token('sesame'), methodArn: 1}],
  ['headers that are a text', {type: 'REQUEST', methodArn: '', headers: 'sesame'}],
])('%s is denied, whatever is sent and whether a token is set or not', (_, event) => {
  for (const expected of [undefined, 'sesame']) {
    expect(authorize(event, expected)).toEqual(policy('Deny', 'Malformed event', '*'));
  }
});
