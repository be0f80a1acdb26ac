import {EventEmitter} from 'node:events';
import {Writable} from 'node:stream';
import xterm from '@xterm/headless';
import {type Instance, render} from 'ink';
import type {ReactNode} from 'react';
import {cellWidth} from '../../src/text/cells.ts';

/** A terminal without a window: Ink draws into it, tests read its cells and press its keys. */
export type HeadlessTerminal = {
  /** The visible rows without trailing spaces. */
  frame(): Promise<string>;
  /** Writes bytes as a keyboard does: `x`, `\r`, `\x1b[A`. */
  press(bytes: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  screen: xterm.Terminal;
  instance: Instance;
  /** Everything written since this was last asked. */
  written(): string;
  /** Unmounts, and lets the terminal go. */
  close(): Promise<void>;
};

/** Renders a node full screen, as the app does. */
export async function openHeadless(node: ReactNode, size: {columns: number; rows: number}): Promise<HeadlessTerminal> {
  const screen = new xterm.Terminal({cols: size.columns, rows: size.rows, allowProposedApi: true, convertEol: true});
  setModernWidths(screen);
  const stdout = new FakeStdout(screen, size);
  const stdin = new FakeStdin();
  const instance = render(node, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    patchConsole: false,
    exitOnCtrlC: false,
  });
  const settle = async () => {
    await instance.waitUntilRenderFlush();
    await new Promise<void>(resolve => screen.write('', resolve));
  };
  await settle();
  return {
    screen,
    instance,
    written: () => stdout.chunks.splice(0).join(''),
    async frame() {
      await settle();
      return visibleRows(screen).join('\n');
    },
    async press(bytes) {
      stdin.type(bytes);
      await settle();
    },
    async resize(columns, rows) {
      screen.resize(columns, rows);
      stdout.columns = columns;
      stdout.rows = rows;
      stdout.emit('resize');
      await settle();
    },
    async close() {
      instance.unmount();
      await instance.waitUntilExit();
      instance.cleanup();
      screen.dispose();
    },
  };
}

/** The rows on the screen, trailing spaces left out. */
export function visibleRows(screen: xterm.Terminal): string[] {
  const {active} = screen.buffer;
  return Array.from(
    {length: screen.rows},
    (_, row) =>
      active
        .getLine(active.viewportY + row)
        ?.translateToString(true)
        .trimEnd() ?? '',
  );
}

/** Emoji take two cells, as on terminals of today; xterm's own table is of 2010. */
export function setModernWidths(screen: xterm.Terminal): void {
  const wcwidth = (codepoint: number) => Math.min(2, cellWidth(String.fromCodePoint(codepoint))) as 0 | 1 | 2;
  screen.unicode.register({
    version: 'modern',
    wcwidth,
    charProperties(codepoint, preceding) {
      const before = (preceding >> 1) & 3;
      const own = wcwidth(codepoint);
      const joins = own === 0 && preceding !== 0 && before !== 0;
      return ((joins ? Math.max(before, own) : own) << 1) | (joins ? 1 : 0);
    },
  });
  screen.unicode.activeVersion = 'modern';
}

class FakeStdout extends Writable {
  readonly isTTY = true;
  columns: number;
  rows: number;
  readonly chunks: string[] = [];
  readonly #screen: xterm.Terminal;

  constructor(screen: xterm.Terminal, size: {columns: number; rows: number}) {
    super({decodeStrings: false});
    this.#screen = screen;
    this.columns = size.columns;
    this.rows = size.rows;
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    this.chunks.push(String(chunk));
    this.#screen.write(chunk, done);
  }
}

class FakeStdin extends EventEmitter {
  readonly isTTY = true;
  readonly #waiting: string[] = [];

  type(bytes: string): void {
    this.#waiting.push(bytes);
    this.emit('readable');
  }

  read(): string | null {
    return this.#waiting.shift() ?? null;
  }

  setRawMode(): this {
    return this;
  }
  setEncoding(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
