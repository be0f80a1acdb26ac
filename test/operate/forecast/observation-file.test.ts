import {mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {KeptEnd} from '../../../src/lifecycle/kept-end.ts';
import {
  type ObservationFile,
  observationFile,
  observationFolder,
} from '../../../src/operate/forecast/observation-file.ts';

let folder: string;
let file: string;
let notices: string[];

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'lifecycle-observations-')), 'state', 'observations');
  file = join(folder, '123456789012-eu-west-1-default.json');
  notices = [];
});
afterEach(() => rm(join(folder, '..', '..'), {recursive: true, force: true}));

const open = (path: () => Promise<string | undefined> = async () => file): ObservationFile =>
  observationFile({path, teaches: true, onNotice: text => notices.push(text)});

const end = (environmentId: string, more: Partial<KeptEnd> = {}): KeptEnd => ({
  environmentId,
  generation: 1,
  at: 1_000,
  idleMs: 361_000,
  ended: true,
  source: 'report',
  ...more,
});
const ids = (ends: readonly KeptEnd[]) => ends.map(({environmentId}) => environmentId);

test('what one run kept the next one reads; only the user may read it, and nothing else is left there', async () => {
  const kept = end('a', {window: {earlyMs: 352_000, lateMs: 397_000}});
  await open().add([kept]);
  expect(await open().read()).toEqual([kept]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['123456789012-eu-west-1-default.json']);
  expect(notices).toEqual([]);
});

test('there is nothing to read before the first run, and reading makes no folder', async () => {
  expect(await open().read()).toEqual([]);
  await expect(stat(folder)).rejects.toThrow('ENOENT');
});

test('several apps at once: none loses what another has kept', async () => {
  const apps = Array.from({length: 5}, () => open());
  await Promise.all(apps.flatMap((app, n) => [app.add([end(`a${n}`)]), app.add([end(`a${n}`), end(`b${n}`)])]));
  expect(ids(await open().read()).sort()).toEqual(
    Array.from({length: 5}, (_, n) => [`a${n}`, `b${n}`])
      .flat()
      .sort(),
  );
});

test('two hundred at most, the newest; ends that were forced do not push out those that taught something', async () => {
  const natural = Array.from({length: 120}, (_, n) => end(`n${n}`, {at: n}));
  const forced = Array.from({length: 300}, (_, n) => end(`f${n}`, {at: 10_000 + n, ended: false}));
  await open().add([...natural, ...forced]);
  const kept = await open().read();
  expect(kept).toHaveLength(200);
  expect(kept.filter(({ended}) => ended)).toHaveLength(100);
  expect(ids(kept)).toContain('n119');
  expect(ids(kept)).not.toContain('n19');
});

test('an end is kept as it was first seen', async () => {
  await open().add([end('a')]);
  await open().add([end('a', {ended: false, idleMs: 5}), end('a', {generation: 2})]);
  expect(await open().read()).toMatchObject([
    {generation: 1, ended: true},
    {generation: 2, ended: true},
  ]);
});

test.each([
  ['cut off', '{"version":1,"ends":[{"environmentId":"a",'],
  ['of another kind', '["something else"]'],
  ['no JSON', '\u0000\u0001'],
  ['empty', ''],
])('a file that is %s is set aside with a notice, and keeping goes on', async (_, text) => {
  await mkdir(folder, {recursive: true});
  await writeFile(file, text);
  const app = open();
  expect(await app.read()).toEqual([]);
  expect(notices).toEqual([expect.stringContaining(`${file}.broken`)]);
  expect(await readFile(`${file}.broken`, 'utf8')).toBe(text);
  await app.add([end('a')]);
  expect(ids(await open().read())).toEqual(['a']);
  expect(notices).toHaveLength(1);
});

test('entries that make no sense are left out, the others stay', async () => {
  await mkdir(folder, {recursive: true});
  const bad = [null, 7, {}, end('x', {idleMs: -1}), {...end('y'), at: '5'}, {...end('z'), window: {earlyMs: 'a'}}];
  await writeFile(file, JSON.stringify({version: 1, ends: [...bad, end('good')]}));
  expect(ids(await open().read())).toEqual(['good']);
});

test('a folder that cannot be written is one notice, never an error', async () => {
  await mkdir(join(folder, '..', '..'), {recursive: true});
  await writeFile(join(folder, '..'), 'a file where the folder should be');
  const app = open();
  await app.add([end('a')]);
  await app.add([end('a'), end('b')]);
  expect(notices).toEqual([expect.stringContaining('cannot be kept')]);
});

test('without an account there is no file, and nobody is bothered', async () => {
  const app = open(async () => {
    throw new Error('no credentials');
  });
  await app.add([end('a')]);
  expect(await app.read()).toEqual([]);
  expect(notices).toEqual([]);
});

test('the lock of an app that has died is taken over', async () => {
  await mkdir(folder, {recursive: true});
  await writeFile(`${file}.lock`, '');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(`${file}.lock`, longAgo, longAgo);
  await open().add([end('a')]);
  expect(ids(await open().read())).toEqual(['a']);
  expect(await readdir(folder)).toEqual(['123456789012-eu-west-1-default.json']);
});

test.each([
  [{XDG_STATE_HOME: '/state'}, /^\/state\/lifecycle-tui\/observations$/],
  [{}, /\.local\/state\/lifecycle-tui\/observations$/],
  [{XDG_STATE_HOME: 'not/absolute'}, /\.local\/state\/lifecycle-tui\/observations$/],
])('the folder is where the XDG base directory specification has it: %o', (environment, path) => {
  expect(observationFolder(environment)).toMatch(path);
});
