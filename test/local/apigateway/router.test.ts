import {expect, test} from 'vitest';
import {matchResource} from '../../../src/local/apigateway/data/router.ts';
import type {ApiMethod, Resource} from '../../../src/local/apigateway/model.ts';

const paths = ['/', '/hello', '/hello/{id}', '/hello/{id}/edit', '/files/{proxy+}', '/empty', '/empty/a', '/a b'];

function tree(): Resource[] {
  const method: ApiMethod = {httpMethod: 'GET', authorizationType: 'NONE'};
  const all = new Set(
    paths.flatMap(path => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/') || '/')),
  );
  return [...all].map(path => {
    const parent = path.slice(0, path.lastIndexOf('/')) || '/';
    const methods = path === '/empty' || path === '/files' ? new Map() : new Map([['GET', method]]);
    return {
      id: path,
      path,
      methods,
      ...(path !== '/' && {parentId: parent, pathPart: path.slice(path.lastIndexOf('/') + 1)}),
    };
  });
}

test.each([
  ['/', '/', {}],
  ['/hello', '/hello', {}],
  ['/hello/', '/hello', {}],
  ['/hello/7', '/hello/{id}', {id: '7'}],
  ['/hello/a%2Fb', '/hello/{id}', {id: 'a/b'}],
  ['/hello/%zz', '/hello/{id}', {id: '%zz'}],
  ['/hello/7/edit', '/hello/{id}/edit', {id: '7'}],
  ['/files/a/b/c.txt', '/files/{proxy+}', {proxy: 'a/b/c.txt'}],
  ['/a%20b', '/a b', {}],
])('%s goes to %s', (path, resource, parameters) => {
  const match = matchResource(tree(), path);
  expect([match?.resource.path, match?.pathParameters]).toEqual([resource, parameters]);
});

test.each([['/nowhere'], ['/hello/7/delete'], ['/empty'], ['/files'], ['/files/'], ['/hello//edit']])(
  '%s goes nowhere',
  path => {
    expect(matchResource(tree(), path)).toBeUndefined();
  },
);
