import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';

/** The app in a home with this config file. */
async function configured(text: string): Promise<TerminalApp> {
  const home = await temporaryFolder('lifecycle-home');
  await mkdir(join(home, '.config/lifecycle-tui'), {recursive: true});
  await writeFile(join(home, '.config/lifecycle-tui/config.json'), text);
  return openTerminalApp({env: {HOME: home}});
}

test('what the user set is in force from the first frame on', async () => {
  const app = await configured('{"ascii": true, "keys": {"quit": ["ctrl+q"]}}');
  expect(await app.see('this machine')).toMatch(/\+= Where shall the demo run\? =+/);
  await app.see('^q quit');
  app.press('\x11');
  expect(await app.exited).toBe(0);
});

test('a mistake in the file is said before anything is drawn', async () => {
  const app = await configured('{"keys": {"shutdwn": ["K"]}}');
  expect(await app.exited).toBe(2);
  const said = app.output();
  expect(said).toContain('config.json is not understood');
  expect(said).toContain('There is no "shutdwn" to give a key to.');
  expect(said).not.toContain('\x1b[?1049h');
});
