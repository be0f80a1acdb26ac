import {mkdtemp, readdir, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {createSave} from '../../src/tui/save-file.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'save-'));
});
afterAll(() => rm(folder, {recursive: true}));

test('a file is its owner’s only, and none is ever replaced', async () => {
  const save = createSave(folder);
  const file = {name: 'lifecycle-logs-20261120T120431Z', extension: 'txt'};
  expect(await save({...file, text: 'one\n'})).toBe('./lifecycle-logs-20261120T120431Z.txt');
  expect(await save({...file, text: 'two\n'})).toBe('./lifecycle-logs-20261120T120431Z-2.txt');
  expect(await readFile(join(folder, `${file.name}.txt`), 'utf8')).toBe('one\n');
  expect(await readFile(join(folder, `${file.name}-2.txt`), 'utf8')).toBe('two\n');
  expect((await stat(join(folder, `${file.name}.txt`))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toHaveLength(2);
});

test('a folder that is gone is an error with its code', async () => {
  await expect(createSave(join(folder, 'gone'))({name: 'a', extension: 'txt', text: ''})).rejects.toMatchObject({
    code: 'ENOENT',
  });
});
