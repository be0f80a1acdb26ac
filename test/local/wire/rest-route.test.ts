import {expect, it} from 'vitest';
import {compileRoute, matchRoute, splitPath} from '../../../src/local/wire/rest-route.ts';

const match = (template: string, target: string, method = 'GET') => {
  const [path = '', query = ''] = target.split('?');
  return matchRoute(compileRoute('GET', template), method, splitPath(path), new URLSearchParams(query));
};

it.each([
  ['/functions', '/functions', {}],
  ['/functions', '/functions/', {}],
  ['/functions/', '/functions', {}],
  ['/functions/{Name}', '/functions/a%20b%2Fc', {Name: 'a b/c'}],
  ['/functions/{Name}', '/functions/arn:aws:lambda:x', {Name: 'arn:aws:lambda:x'}],
  ['/tags/{Arn+}', '/tags/a/b/c', {Arn: 'a/b/c'}],
  ['/layers?find=LayerVersion', '/layers?find=LayerVersion&Arn=x', {}],
  ['/apis?mode=import', '/apis?mode=import', {}],
  ['/functions/{Name}', '/functions/', undefined],
  ['/functions/{Name}', '/functions//', undefined],
  ['/functions/{Name}', '/functions/a/b', undefined],
  ['/functions/{Name}/code', '/functions/a/config', undefined],
  ['/functions', '/Functions', undefined],
  ['/tags/{Arn+}', '/tags', undefined],
  ['/layers?find=LayerVersion', '/layers', undefined],
  ['/layers?find=LayerVersion', '/layers?find=Other', undefined],
])('%s takes %s: %o', (template, target, labels) => {
  expect(match(template, target)).toEqual(labels);
});

it('goes by the method, and throws at broken encoding', () => {
  expect(match('/a', '/a', 'POST')).toBeUndefined();
  expect(() => match('/{a}', '/%ZZ')).toThrow(URIError);
});

it.each([
  ['/a/b', '/a/{x}'],
  ['/a/{x}/c', '/a/{x}/{y}'],
  ['/a?mode=import', '/a'],
])('prefers %s to %s', (better, worse) => {
  expect(compileRoute('GET', better).weight).toBeGreaterThan(compileRoute('GET', worse).weight);
});
