import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';

let home: string;
let app: TerminalApp;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lifecycle-home-'));
  await mkdir(join(home, '.config/lifecycle-tui'), {recursive: true});
});
afterEach(async () => {
  await app.close();
  await rm(home, {recursive: true, force: true});
});

const configure = (text: string) => writeFile(join(home, '.config/lifecycle-tui/config.json'), text);

test('what the user set is in force from the first frame on', async () => {
  await configure('{"ascii": true, "keys": {"quit": ["ctrl+q"]}}');
  app = openTerminalApp({env: {HOME: home}});
  const menu = await app.see('this machine');
  expect(menu).toMatch(/\+= Where shall the demo run\? =+/);
  expect(menu).toContain('^q quit');
  app.press('\x11');
  expect(await app.exited).toBe(0);
});

test('a mistake in the file is said before anything is drawn', async () => {
  await configure('{"keys": {"shutdwn": ["K"]}}');
  app = openTerminalApp({env: {HOME: home}});
  expect(await app.exited).toBe(2);
  const said = app.output();
  expect(said).toContain('config.json is not understood');
  expect(said).toContain('There is no "shutdwn" to give a key to.');
  expect(said).not.toContain('\x1b[?1049h');
});
