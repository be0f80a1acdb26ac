import {readFile, rm} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {processTree, stillRunning} from '../../src/cli/process-tree.ts';
import {bundledFixture} from './fixture.ts';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';

const fixture = bundledFixture('faults');
let app: TerminalApp;

const menu = 'Where shall the demo run?';

/**
 * A shell that runs the app, then tells its exit code and what it found the terminal like, and stays: what is written
 * just before the last process of a terminal ends does not always reach its other side.
 */
function openInShell(fault = 'none', env: Record<string, string> = {}): TerminalApp {
  const script = '"$0" "$1" "$2"; echo "code $?"; stty -a | tr "\\n" " "; echo; echo end; read -r _';
  return openTerminalApp({
    program: ['bash', '-c', script, process.execPath, fixture, fault],
    env,
    columns: 100,
    rows: 30,
  });
}

/** The process of the app itself, below the shell. */
async function appProcess(): Promise<number> {
  const [pid] = (await processTree(app.pid)).filter(one => one !== app.pid);
  return pid!;
}

/** The normal screen with the cursor, a cooked terminal, and everything that was switched on off again. */
function expectRestored(frame: string): void {
  const output = app.output();
  const {active} = app.screen.buffer;
  expect(active.type).toBe('normal');
  expect(app.screen.modes.bracketedPasteMode).toBe(false);
  for (const [on, off] of [
    ['\x1b[?25l', '\x1b[?25h'],
    ['\x1b[?1049h', '\x1b[?1049l'],
    ['\x1b[22;2t', '\x1b[23;2t'],
    ['\x1b[?1007h', '\x1b[?1007r'],
    ['\x1b[?2004h', '\x1b[?2004l'],
    ['\x1b[?7l', '\x1b[?7h'],
  ] as const) {
    expect(output.lastIndexOf(off), JSON.stringify(off)).toBeGreaterThan(output.lastIndexOf(on));
  }
  expect(frame).toMatch(/[^-]icanon/);
  expect(frame).toMatch(/ echo /);
}

type Ending = [name: string, code: number, end: () => unknown];
const endings: Ending[] = [
  ['q', 0, () => app.press('q')],
  ['ctrl-c', 130, () => app.press('\x03')],
  ['SIGTERM', 143, async () => process.kill(await appProcess(), 'SIGTERM')],
  ['SIGHUP', 129, async () => process.kill(await appProcess(), 'SIGHUP')],
  ['SIGINT', 130, async () => process.kill(await appProcess(), 'SIGINT')],
];

test.each(endings)('%s ends with %i and leaves the terminal as it was', async (_, code, end) => {
  app = openInShell();
  await app.see(menu);
  const pid = await appProcess();
  await end();
  const frame = await app.see(/^end$/m);
  expect(frame).toContain(`code ${code}`);
  expectRestored(frame);
  expect(await stillRunning([pid], 5_000)).toEqual([]);
});

test.each([
  ['draws', 1, 'thrown while drawing'],
  ['throws', 1, 'thrown in a timer'],
  ['rejects', 1, 'rejected, and nobody looked'],
])(
  'a mistake of ours (%s) ends with %i, its text below the restored screen, and what to do',
  async (fault, code, text) => {
    app = openInShell(fault);
    await app.see(menu);
    app.press('\r');
    const frame = await app.see(/^end$/m);
    expect(frame).toContain(`code ${code}`);
    expect(frame).toContain('Next: lifecycle-tui status');
    expect(app.output().lastIndexOf(text)).toBeGreaterThan(app.output().indexOf('\x1b[?1049l'));
    expectRestored(frame);
  },
);

test('an end without asking leaves the terminal as it was too', async () => {
  app = openInShell('exits');
  await app.see(menu);
  app.press('\r');
  const frame = await app.see(/^end$/m);
  expect(frame).toContain('code 7');
  expectRestored(frame);
});

test('a warning of node is not printed into the frame', async () => {
  app = openInShell('warns');
  await app.see(menu);
  app.press('\r');
  await app.see('1 Environments');
  expect(await app.frame()).not.toContain('would tear');
  app.press('q');
  await app.see('code 0');
  expect(app.output()).not.toContain('would tear');
});

test('a closed window ends it, and no process stays to spin', async () => {
  app = openInShell();
  await app.see(menu);
  const processes = await processTree(app.pid);
  app.hangUp();
  expect(await stillRunning(processes, 10_000)).toEqual([]);
});

test('a terminal that goes without a signal ends it with 129', async () => {
  // In a session of its own it hears no hang-up: reading and writing fail, and nothing else.
  const codeFile = `${fixture}.code`;
  const script = 'trap "" HUP; setsid --wait "$0" "$1"; echo $? > "$2"';
  app = openTerminalApp({program: ['bash', '-c', script, process.execPath, fixture, codeFile]});
  try {
    await app.see(menu);
    const processes = await processTree(app.pid);
    app.hangUp();
    expect(await stillRunning(processes, 10_000)).toEqual([]);
    expect(await readFile(codeFile, 'utf8')).toBe('129\n');
  } finally {
    await rm(codeFile, {force: true});
  }
});

test('ctrl-z gives the shell its terminal, fg takes it back with a whole frame, and the keys work', async () => {
  app = openTerminalApp({
    program: ['bash', '--norc', '--noprofile', '-i'],
    env: {PS1: 'ready> '},
    columns: 100,
    rows: 30,
  });
  await app.see('ready>');
  app.press(`${process.execPath} ${fixture}\r`);
  await app.see(menu);
  app.press('\x1a');
  const stopped = await app.see(/Stopped/);
  expect(stopped).not.toContain(menu);
  expect(app.screen.buffer.active.type).toBe('normal');
  const before = app.output();
  expect(before.lastIndexOf('\x1b[23;2t')).toBeGreaterThan(before.lastIndexOf('\x1b[22;2t'));
  app.press('stty -a | tr "\\n" " "; echo s""een\r');
  expect(await app.see(/seen$/m)).toMatch(/[^-]icanon/);
  app.press('fg\r');
  await app.see(menu);
  expect(app.screen.buffer.active.type).toBe('alternate');
  const back = app.output().slice(before.length);
  for (const mode of ['\x1b[22;2t', '\x1b[?1007h', '\x1b[?2004h', '\x1b[?1049h']) expect(back).toContain(mode);
  app.press('?');
  await app.see('type to search');
  app.press('\x1b');
  await app.see(frame => !frame.includes('type to search'));
  app.press('q');
  await app.see(frame => frame.includes('ready>') && !frame.includes(menu));
  app.press('echo "code $?"\r');
  expect(await app.see(/^code \d+$/m)).toContain('code 0');
});

test('ctrl-z without a shell to go back to goes on', async () => {
  app = openTerminalApp({program: [process.execPath, fixture]});
  await app.see(menu);
  app.press('\x1a');
  app.press('?');
  await app.see('type to search');
  app.press('\x03');
  expect(await app.exited).toBe(130);
});
