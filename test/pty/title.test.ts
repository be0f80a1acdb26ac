import {expect, test} from 'vitest';
import {bundledFixture} from './fixture.ts';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';

const fixture = bundledFixture('faults');
let app: TerminalApp;

const menu = 'Where shall the demo run?';
const open = (env: Record<string, string> = {}, ...args: string[]) => {
  app = openTerminalApp({program: [process.execPath, fixture, 'none', ...args], env});
  return app;
};
const titles = () => [...app.output().matchAll(/\x1b\]2;([^\x07\x1b]*)\x1b\\/g)].map(([, title]) => title);

test('the title says what the app does, and the shell gets its own back', async () => {
  open();
  await app.see(menu);
  app.press('\r');
  await app.see('1 Environments');
  await expect.poll(() => titles().at(-1), {timeout: 10_000}).toMatch(/^λ 1 busy · 2 idle/);
  app.press('q');
  expect(await app.exited).toBe(0);
  const output = app.output();
  expect(output.indexOf('\x1b[22;2t')).toBeGreaterThanOrEqual(0);
  expect(output.indexOf('\x1b[22;2t')).toBeLessThan(output.indexOf('\x1b]2;'));
});

test.each([
  ['--quiet', {}, ['quiet']],
  ['TERM=dumb', {TERM: 'dumb'}, []],
  ['the Linux console', {TERM: 'linux'}, []],
])('no title, no bell and no question with %s', async (_, env, args) => {
  open(env, ...args);
  await app.see(menu);
  app.press('\r');
  await app.see('1 Environments');
  app.press('q');
  expect(await app.exited).toBe(0);
  expect(app.output()).not.toMatch(/\x1b\]2;|\x1b\[22;2t|\x1b\[23;2t|\x07/);
});

test('a terminal that says that it is light gets the light theme, and its answer is no key', async () => {
  open({COLORTERM: 'truecolor'});
  await app.see(menu);
  expect(app.output()).toContain('\x1b]11;?\x1b\\');
  const before = app.output().length;
  app.press('\x1b]11;rgb:ffff/ffff/ffff\x1b\\');
  // The accent of the light theme.
  await expect.poll(() => app.output().slice(before), {timeout: 10_000}).toContain('\x1b[38;2;5;76;170m');
  app.press('?');
  await app.see('type to search');
  expect(await app.frame()).not.toContain('rgb');
});

test('one that names its background is not asked', async () => {
  open({COLORFGBG: '0;15', COLORTERM: 'truecolor'});
  await app.see(menu);
  await app.see(() => app.output().includes('\x1b[38;2;5;76;170m'));
  expect(app.output()).not.toContain('\x1b]11;?');
});
