import {describe, expect, test} from 'vitest';
import {readRequest} from '../../src/functions/target/request.ts';
import {version1} from './events/version-1.ts';
import {version2} from './events/version-2.ts';

describe('sleepMs', () => {
  const http = (query: object | null) => version1('GET', '/hello', {queryStringParameters: query});

  test.each<[unknown, number]>([
    [http({sleepMs: '250'}), 250],
    [http({sleepMs: '5000'}), 5_000],
    [http({sleepMs: '5001'}), 5_000],
    [http({sleepMs: '999999999'}), 5_000],
    [http({sleepMs: '9'.repeat(400)}), 0],
    [http({sleepMs: '-1'}), 0],
    [http({sleepMs: '1e3'}), 0],
    [http({sleepMs: ''}), 0],
    [http({}), 0],
    [http(null), 0],
    [version1('GET', '/hello', {multiValueQueryStringParameters: {sleepMs: ['1', '2']}}), 2],
    [version2('GET', '/hello', {rawQueryString: 'sleepMs=30'}), 30],
    [version2('GET', '/hello', {rawQueryString: undefined, queryStringParameters: {sleepMs: '40'}}), 40],
    [{sleepMs: 300}, 300],
    [{sleepMs: '300'}, 300],
    [{sleepMs: {}}, 0],
  ])('%j sleeps %i ms', (event, expected) => {
    expect(readRequest(event)?.sleepMs).toBe(expected);
  });
});

describe('hang and crash', () => {
  test.each<[unknown, object]>([
    [{hang: true}, {hang: true, crash: false}],
    [{crash: true}, {hang: false, crash: true}],
    [
      {hang: 'true', crash: 1},
      {hang: false, crash: false},
    ],
  ])('%j in a direct Invoke', (event, expected) => {
    expect(readRequest(event)).toMatchObject({kind: 'direct', ...expected});
  });

  test.each([
    version1('GET', '/hello', {hang: true, crash: true}),
    version1('GET', '/hello', {queryStringParameters: {hang: 'true', crash: 'true'}}),
    version2('GET', '/hello', {hang: true, crash: true}),
  ])('are nothing by HTTP', event => {
    const request = readRequest(event);
    expect(request).toMatchObject({kind: 'http'});
    expect(request).not.toHaveProperty('hang');
    expect(request).not.toHaveProperty('crash');
  });
});

test('cookies of both formats', () => {
  const expected = {a: ['1'], b: ['x=y', '2'], c: ['q']};
  const headers = {cookie: 'a=1; b=x=y; ; =none; bare; b=2', Cookie: 'c="q"'};
  expect(readRequest(version1('GET', '/hello', {headers, multiValueHeaders: null}))).toMatchObject({cookies: expected});
  const cookies = ['a=1', 'b=x=y', 'b=2', 'c="q"', '=none', 'bare'];
  expect(readRequest(version2('GET', '/hello', {cookies}))).toMatchObject({cookies: expected});
  expect(readRequest(version2('GET', '/hello', {headers: {cookie: 'a=1'}}))).toMatchObject({cookies: {a: ['1']}});
});

test('names of the language’s own are names like all others', () => {
  const request = readRequest(version2('GET', '/hello', {rawQueryString: '__proto__=1&constructor=2'}));
  expect(Object.entries((request as {query: object}).query)).toEqual([
    ['__proto__', ['1']],
    ['constructor', ['2']],
  ]);
});
