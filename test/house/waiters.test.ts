import {readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';

// The SDK's waiters look again after 20 s, try on after any error, and print to the console.
test('nothing waits by the SDK’s waiters', () => {
  const source = resolve(import.meta.dirname, '../../src');
  const files = readdirSync(source, {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(100);
  expect(
    files.filter(file =>
      /\bwaitUntil(Table|Function|Role|Published|User|Policy)|\bwaitFor[A-Z]\w+Exists/.test(
        readFileSync(join(source, file), 'utf8'),
      ),
    ),
  ).toEqual([]);
});
