import {fileURLToPath} from 'node:url';
import {type IPty, spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';
import {onTestFinished} from 'vitest';
import {setModernWidths, visibleRows} from '../support/headless-terminal.ts';

/** The real command in a real terminal: what it writes goes through xterm, so tests see what a user sees. */
export type TerminalApp = {
  pid: number;
  screen: xterm.Terminal;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
  /** Closes the terminal as a window is closed: nothing can be read from it or written to it any more. */
  hangUp(): void;
  frame(): Promise<string>;
  /** Waits until the screen shows it; rejects with the screen when it does not within `withinMs`. */
  see(what: string | RegExp | ((frame: string) => boolean), withinMs?: number): Promise<string>;
  /** The exit code, once it has ended; 128 and the signal's number where one ended it, as shells count. */
  exited: Promise<number>;
  /** Every byte written, in order. */
  output(): string;
};

const entry = fileURLToPath(new URL('../../bin/lifecycle-tui.js', import.meta.url));

export type TerminalAppOptions = {
  args?: readonly string[];
  /** A program and its arguments instead of the command. */
  program?: readonly [string, ...string[]];
  columns?: number;
  rows?: number;
  /** Added to a small environment that holds nothing of the user's. */
  env?: Record<string, string>;
};

/** It ends with the test that opened it, if it still runs. */
export function openTerminalApp(options: TerminalAppOptions = {}): TerminalApp {
  const {args = [], columns = 120, rows = 40, env = {}} = options;
  const [program, ...programArgs] = options.program ?? [process.execPath, entry, ...args];
  const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1_000});
  setModernWidths(screen);
  const pty: IPty = spawn(program, programArgs, {
    name: env.TERM ?? 'xterm-256color',
    cols: columns,
    rows,
    env: {
      PATH: process.env.PATH ?? '',
      // Through it the test run counts what is started.
      NODE_OPTIONS: process.env.NODE_OPTIONS ?? '',
      TERM: 'xterm-256color',
      TZ: 'UTC',
      LANG: 'C.UTF-8',
      ...env,
    },
  });
  const chunks: string[] = [];
  let ended = false;
  pty.onData(data => {
    chunks.push(data);
    screen.write(data);
  });
  const exited = new Promise<number>(resolve => {
    pty.onExit(({exitCode, signal}) => {
      ended = true;
      resolve(signal ? 128 + signal : exitCode);
    });
  });
  onTestFinished(async () => {
    if (!ended) pty.kill('SIGKILL');
    await exited;
    screen.dispose();
  });
  const frame = async () => {
    await new Promise<void>(resolve => screen.write('', resolve));
    return visibleRows(screen).join('\n');
  };
  return {
    pid: pty.pid,
    screen,
    exited,
    frame,
    press: keys => pty.write(keys),
    resize(newColumns, newRows) {
      screen.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    hangUp() {
      // The master's descriptor goes; node-pty's type does not name it.
      (pty as IPty & {destroy(): void}).destroy();
    },
    output: () => chunks.join(''),
    async see(what, withinMs = 20_000) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const seen = await frame();
        const found =
          typeof what === 'function' ? what(seen) : typeof what === 'string' ? seen.includes(what) : what.test(seen);
        if (found) return seen;
        if (Date.now() > deadline) throw new Error(`${what} is not on the screen after ${withinMs} ms:\n${seen}`);
        await new Promise(resolve => setTimeout(resolve, 25));
      }
    },
  };
}
