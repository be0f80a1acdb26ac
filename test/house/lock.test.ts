import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';

type Entry = {optionalDependencies?: Record<string, string>; resolved?: string};
type Lock = {packages: Record<string, Entry>};

const root = new URL('../../', import.meta.url);
const packages = (JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as Lock).packages;
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));

test('the lock is complete: npm leaves out platform packages that did not resolve, and npm ci then refuses it', () => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter(name => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .map(name => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock names no download address', () => {
  expect(Object.values(packages).filter(entry => entry.resolved)).toEqual([]);
});

test('nothing is installed with the package, and everything is pinned', () => {
  expect(manifest.dependencies).toBeUndefined();
  const loose = Object.entries<string>(manifest.devDependencies).filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range));
  expect(loose).toEqual([]);
});

test('what the bench compares with is pinned too, without a download address, and stays apart', () => {
  const rivals = new URL('bench/rivals/', root);
  const lock = JSON.parse(readFileSync(new URL('package-lock.json', rivals), 'utf8')) as Lock;
  const {dependencies} = JSON.parse(readFileSync(new URL('package.json', rivals), 'utf8'));
  expect(Object.values(lock.packages).filter(entry => entry.resolved)).toEqual([]);
  expect(Object.values<string>(dependencies).filter(range => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([]);
  expect(Object.keys(dependencies).filter(name => packages[`node_modules/${name}`])).toEqual([]);
});
