import {mkdir, mkdtemp, rm, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {findLastSession} from '../../../src/operate/recording/last-session.ts';
import {sessionsFolder} from '../../../src/operate/recording/session-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sessions-'));
});
afterEach(() => rm(folder, {recursive: true}));

const at = Date.UTC(2026, 10, 20, 12);

async function session(name: string, endedAt: number, events?: number) {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, 'session.ndjson'), '{}\n');
  await utimes(join(folder, name, 'session.ndjson'), endedAt / 1_000, endedAt / 1_000);
  if (events !== undefined) await writeFile(join(folder, name, 'events.ndjson'), '{}\n'.repeat(events));
}

test('is the one that wrote last before this run, with the events it kept', async () => {
  await session('a', at - 7_200_000, 61);
  await session('b', at - 9_000_000, 3);
  await session('this', at + 1_000, 1);
  await mkdir(join(folder, 'no session'));
  expect(await findLastSession(folder, at)).toEqual({at: at - 7_200_000, events: 61});
});

test('without a file of events only says when', async () => {
  await session('a', at - 1_000);
  expect(await findLastSession(folder, at)).toEqual({at: at - 1_000});
});

test('there is none where nothing was written', async () => {
  expect(await findLastSession(folder, at)).toBeUndefined();
  expect(await findLastSession(join(folder, 'missing'), at)).toBeUndefined();
});

test('is looked for in XDG_STATE_HOME, else below the home folder', () => {
  expect(sessionsFolder({XDG_STATE_HOME: '/state'})).toBe('/state/lifecycle-tui');
  expect(sessionsFolder({XDG_STATE_HOME: ''})).toMatch(/\/\.local\/state\/lifecycle-tui$/);
});
