import {readdir, readFile, stat} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminalApp} from './terminal-app.ts';

const entry = fileURLToPath(new URL('../../bin/lifecycle-tui.js', import.meta.url));

test('a pane is saved into the current folder, and a line goes to the terminal’s clipboard', async () => {
  const folder = await temporaryFolder('out-of-the-app');
  const script = 'cd "$2" && exec "$0" "$1" --replay demo --speed 8';
  const app = openTerminalApp({
    program: ['bash', '-c', script, process.execPath, entry, folder],
    env: {TERM_PROGRAM: 'WezTerm', XDG_STATE_HOME: folder},
  });
  await app.see('1 Environments');
  app.press('4');
  await app.see('┏━ 4 Logs');
  app.press('/');
  await app.see('text or regular expression');
  app.press('SHUTDOWN! Reason');
  await app.see('/ SHUTDOWN! Reason▏ text, case matters');
  app.press('\r');
  await app.see('/SHUTDOWN! Reason · ');
  // Nothing but these lines is left, so they stay to be seen.
  await app.see('SHUTDOWN! Reason: spindown');
  app.press(' ');
  await app.see('‖ replay');
  app.press('y');
  await app.see('Copied the line by the terminal.');
  const [, copied = ''] = /\x1b\]52;c;([^\x07]*)\x07/.exec(app.output()) ?? [];
  app.press('s');
  await app.see(/Saved \d+ rows? to \.\/lifecycle-logs-\S+\.txt/);
  const [saved] = (await readdir(folder)).filter(name => name.endsWith('.txt'));
  const lines = (await readFile(join(folder, saved!), 'utf8')).trimEnd().split('\n');
  for (const line of lines) expect(line).toMatch(/^\d{4}-\S+Z \S+ \[shutdown-notifier\] SHUTDOWN! Reason: \w+$/);
  expect((await stat(join(folder, saved!))).mode & 0o777).toBe(0o600);
  // A player that was behind its clock goes on for some lines after it was told to pause.
  expect(lines).toContain(Buffer.from(copied, 'base64').toString('utf8'));
});
