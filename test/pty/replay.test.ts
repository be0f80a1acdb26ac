import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';

let app: TerminalApp;
let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lifecycle-home-'));
});
afterEach(async () => {
  await app.close();
  await rm(home, {recursive: true, force: true});
});

test('--replay demo --speed 30 plays the shipped session from its deployment to its end', async () => {
  app = openTerminalApp({args: ['--replay', 'demo', '--speed', '30'], env: {HOME: home}});
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
  app = openTerminalApp({args, env: {HOME: home}});
  expect(await app.exited).toBe(2);
  expect(await app.frame()).toContain(words);
  expect(app.output()).not.toContain('\x1b[?1049h');
});
