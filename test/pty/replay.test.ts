import {readdir} from 'node:fs/promises';
import {beforeEach, expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminalApp} from './terminal-app.ts';

let home: string;
beforeEach(async () => {
  home = await temporaryFolder('lifecycle-home');
});

test('--replay demo --speed 30 plays the shipped session from its deployment to its end', async () => {
  const app = openTerminalApp({args: ['--replay', 'demo', '--speed', '30'], env: {HOME: home}});
  const deployment = await app.see('Deploy stack default');
  expect(deployment).toContain('▶ replay ×30');
  await app.see('1 Environments');
  app.press('x');
  await app.see('x: off: this is a replay');
  await app.see(/✕ shutdown/);
  const end = await app.see('end of the recording', 40_000);
  expect(end).toMatch(/✓ .*deleted/);
  app.press('q');
  expect(await app.exited).toBe(0);
  await app.frame();
  expect(app.screen.buffer.active.type).toBe('normal');
  expect(app.output()).not.toContain('Session:');
  expect(await readdir(home)).toEqual([]);
});

test.each([
  [['--replay', 'missing.ndjson'], 'missing.ndjson is no recorded session'],
  [['--replay', 'demo', '--speed', 'fast'], '--speed fast'],
  [['--speed', '30'], '--speed goes with --replay'],
])('%j is refused before the screen is taken', async (args, words) => {
  const app = openTerminalApp({args, env: {HOME: home}});
  expect(await app.exited).toBe(2);
  expect(await app.frame()).toContain(words);
  expect(app.output()).not.toContain('\x1b[?1049h');
});
