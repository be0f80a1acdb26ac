import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {finished, invoked, logged, ordered, went, writeRecording} from './made-recording.ts';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';

const entry = fileURLToPath(new URL('../../bin/lifecycle-tui.js', import.meta.url));

/** Three environments: the first goes by itself after a minute, the others are told to go a minute later. */
const story = [
  ...[...invoked(0, 0.1), ...invoked(1, 0.1), ...invoked(2, 0.1)],
  logged('a line that would ring\x07 and name the window \x1b]2;owned\x07', 0.3),
  went(0, 60),
  ordered([1, 2], 120),
  went(1, 121),
  went(2, 122),
  finished(123),
];

/** The shell names its window, then the story is played; `titles` hears what a terminal would show as its title. */
async function play({
  args = [],
  windowOptions = {},
}: {
  args?: readonly string[];
  windowOptions?: TerminalApp['screen']['options']['windowOptions'];
} = {}): Promise<{terminal: TerminalApp; titles: string[]}> {
  const folder = await temporaryFolder('lifecycle-bell');
  const script = `printf '\\033]2;my shell\\033\\\\'; exec "$0" "$@"`;
  const command = [process.execPath, entry, '--replay', await writeRecording(folder, story), ...args];
  const terminal = openTerminalApp({program: ['bash', '-c', script, ...command], env: {HOME: folder}});
  terminal.screen.options.windowOptions = windowOptions;
  const titles: string[] = [];
  terminal.screen.onTitleChange(title => titles.push(title));
  await terminal.see(/3 live[\s\S]*a line that would ring/);
  terminal.press(' ');
  await terminal.see('‖ replay');
  return {terminal, titles};
}

/** As a terminal reads it: a BEL that ends a string (OSC) is no bell. */
const bells = (terminal: TerminalApp): number =>
  terminal
    .output()
    .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '')
    .split('\x07').length - 1;

/** One message on, until the screen shows what it says. */
async function step(terminal: TerminalApp, what: RegExp): Promise<void> {
  terminal.press('.');
  await terminal.see(what);
}

test('the bell rings once for each environment that goes by itself, and once at the end of a forced SHUTDOWN', async () => {
  const {terminal} = await play();
  expect(bells(terminal), 'while they live').toBe(0);
  await step(terminal, /2 live · 1 gone/);
  await expect.poll(() => bells(terminal), {timeout: 10_000, message: 'one has gone'}).toBe(1);

  await step(terminal, /0 of 2 gone/);
  await step(terminal, /1 live · 2 gone/);
  await step(terminal, /0 live · 3 gone/);
  expect(bells(terminal), 'they were told to').toBe(1);
  await step(terminal, /end of the recording/);
  await expect.poll(() => bells(terminal), {timeout: 10_000, message: 'all have'}).toBe(2);
  terminal.press('q');
  expect(await terminal.exited).toBe(0);
  expect(bells(terminal)).toBe(2);
});

test.each([
  ['gives back', {pushTitle: true, popTitle: true}, 'my shell'],
  ['clears, where the terminal keeps none,', {}, ''],
])('the window’s title counts down, and the end %s the shell’s', async (_, windowOptions, last) => {
  const {terminal, titles} = await play({windowOptions});
  const shown = () => titles.at(-1);
  await expect.poll(shown, {timeout: 10_000}).toMatch(/^λ 3 idle · next ≈ (?:1:00|0:5\d)$/);
  await step(terminal, /2 live · 1 gone/);
  await expect.poll(shown, {timeout: 10_000}).toMatch(/^λ 2 idle · next ≈ 0:0\d$/);
  terminal.press('q');
  expect(await terminal.exited).toBe(0);
  await terminal.frame();
  expect(titles[0]).toBe('my shell');
  expect(titles).not.toContain('owned');
  expect(titles.at(-1)).toBe(last);
});

test('with --quiet nothing rings and the window keeps its title', async () => {
  const {terminal, titles} = await play({args: ['--quiet']});
  for (const what of [/2 live · 1 gone/, /0 of 2 gone/, /1 live · 2 gone/, /0 live · 3 gone/, /end of the recording/]) {
    await step(terminal, what);
  }
  terminal.press('q');
  expect(await terminal.exited).toBe(0);
  await terminal.frame();
  expect(bells(terminal)).toBe(0);
  expect(titles).toEqual(['my shell']);
});
