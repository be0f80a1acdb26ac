import {expect, test} from 'vitest';
import {decide, matchesWildcards} from '../../../src/local/apigateway/data/policy.ts';

const arn = 'arn:aws:execute-api:us-east-1:000000000000:abc/prod/GET/hello';
const all = 'arn:aws:execute-api:us-east-1:000000000000:abc/*';
const allow = {Effect: 'Allow', Action: 'execute-api:Invoke', Resource: arn};

test.each([
  ['the method itself', [allow], 'allow'],
  ['one statement instead of a list', allow, 'allow'],
  ['lists and wildcards', [{Effect: 'Allow', Action: ['x:y', 'execute-api:*'], Resource: ['a', all]}], 'allow'],
  ['an action in other case', [{...allow, Action: 'EXECUTE-API:INVOKE'}], 'allow'],
  ['a star for everything', [{...allow, Action: '*', Resource: '*'}], 'allow'],
  ['a deny beside the allow', [allow, {...allow, Effect: 'Deny', Resource: all}], 'explicit deny'],
  ['another method', [{...allow, Resource: arn.replace('GET', 'POST')}], 'implicit deny'],
  ['another action', [{...allow, Action: 'execute-api:InvalidateCache'}], 'implicit deny'],
  ['NotAction that spares it', [{Effect: 'Allow', NotAction: 's3:*', Resource: all}], 'allow'],
  ['NotResource that names it', [{Effect: 'Allow', Action: '*', NotResource: arn}], 'implicit deny'],
  ['an allow with a condition', [{...allow, Condition: {Bool: {x: 'true'}}}], 'implicit deny'],
  ['a deny with a condition', [allow, {...allow, Effect: 'Deny', Condition: {Bool: {x: 'true'}}}], 'explicit deny'],
  ['no statement', [], undefined],
  ['an unknown effect', [{...allow, Effect: 'allow'}], undefined],
  ['neither resource nor its opposite', [{Effect: 'Allow', Action: '*'}], undefined],
  ['a number for an action', [{...allow, Action: 1}], undefined],
])('%s', (_, Statement, decision) => {
  expect(decide({Version: '2012-10-17', Statement}, arn)).toBe(decision);
});

test.each([[undefined], [null], ['text'], [[]], [{}]])('%j is no policy', document => {
  expect(decide(document, arn)).toBeUndefined();
});

test.each([
  ['a*c', 'abbbc', true],
  ['a*c', 'abbbd', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*', '', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a.c', 'abc', false],
])('%s and %s', (pattern, text, fits) => {
  expect(matchesWildcards(pattern, text)).toBe(fits);
});

test('a pattern of many stars takes no time', () => {
  const startedAt = performance.now();
  expect(matchesWildcards(`${'a*'.repeat(200)}b`, 'a'.repeat(2_000))).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
