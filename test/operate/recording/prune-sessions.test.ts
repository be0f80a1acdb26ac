import {mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile} from 'node:fs/promises';
import {hostname, tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {pruneSessions} from '../../../src/operate/recording/prune-sessions.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lifecycle-prune-'));
});
afterEach(() => rm(root, {recursive: true, force: true}));

const named = (n: number) => `2026-11-21T12-00-${String(n).padStart(2, '0')}Z`;

async function session(name: string, {bytes = 10, files = {}}: {bytes?: number; files?: Record<string, string>} = {}) {
  await mkdir(join(root, name));
  await writeFile(join(root, name, 'session.ndjson'), 'x'.repeat(bytes));
  for (const [file, text] of Object.entries(files)) await writeFile(join(root, name, file), text);
}

const left = async () => (await readdir(root)).sort();
const many = {sessions: 100, bytes: 1e9};

test('the newest sessions stay', async () => {
  for (const n of [3, 1, 5, 2, 4]) await session(named(n), {files: {'logs.txt': 'a', 'events.ndjson': 'b'}});
  await pruneSessions(root, {...many, sessions: 2});
  expect(await left()).toEqual([named(4), named(5)]);
});

test('of those that began in one second the later ones', async () => {
  for (const suffix of ['', '-2', '-10']) await session(named(1) + suffix);
  await pruneSessions(root, {...many, sessions: 1});
  expect(await left()).toEqual([`${named(1)}-10`]);
});

test('as many as the bytes allow', async () => {
  for (const n of [1, 2, 3, 4]) await session(named(n), {bytes: 100});
  await pruneSessions(root, {...many, bytes: 250});
  expect(await left()).toEqual([named(3), named(4)]);
});

test('nothing goes while there is room, and nothing is missed where there is no folder', async () => {
  await session(named(1));
  await pruneSessions(root, many);
  await pruneSessions(join(root, 'missing'), many);
  expect(await left()).toEqual([named(1)]);
});

test('what is not a session stays whatever it is called: other names, other files, folders, links, files', async () => {
  await session(named(1), {files: {'notes.txt': 'mine'}});
  await session(named(2));
  await mkdir(join(root, named(2), 'sub'));
  await session('2026-11-21');
  await session(`${named(3)}-copy`);
  await mkdir(join(root, 'observations'));
  await writeFile(join(root, named(4)), 'a file');
  await mkdir(join(root, 'elsewhere'));
  await writeFile(join(root, 'elsewhere', 'session.ndjson'), 'x');
  await symlink(join(root, 'elsewhere'), join(root, named(5)));
  await mkdir(join(root, named(6)));
  await symlink(join(root, 'elsewhere', 'session.ndjson'), join(root, named(6), 'session.ndjson'));
  const before = await left();
  await pruneSessions(root, {sessions: 0, bytes: 0});
  expect(await left()).toEqual(before);
  expect(await readdir(join(root, 'elsewhere'))).toEqual(['session.ndjson']);
});

const use = (pid: unknown, host = hostname()) => ({'in-use': JSON.stringify({pid, host})});

test.each([
  ['a running app writes to it', use(process.pid), false],
  ['its app was killed', use(2 ** 22 + 1), true],
  ['its note makes no sense', {'in-use': 'what?'}, true],
  ['an app of another machine began it today', use(1, 'elsewhere'), false],
])('%s', async (_, files, goes) => {
  await session(named(1), {files});
  await pruneSessions(root, {sessions: 0, bytes: 0});
  expect(await left()).toEqual(goes ? [] : [named(1)]);
});

test('an app of another machine that began it days ago is gone', async () => {
  await session(named(1), {files: use(1, 'elsewhere')});
  const days = new Date(Date.now() - 3 * 86_400_000);
  await utimes(join(root, named(1), 'in-use'), days, days);
  await pruneSessions(root, {sessions: 0, bytes: 0});
  expect(await left()).toEqual([]);
});
