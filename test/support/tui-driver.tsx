import type {Replay} from '../../src/operate/replay/open-replay.ts';
import type {Glyphs} from '../../src/text/ascii.ts';
import type {Copy} from '../../src/tui/clipboard.ts';
import type {Binding} from '../../src/tui/keys/binding.ts';
import {Root} from '../../src/tui/root.tsx';
import type {Save, SavedFile} from '../../src/tui/save-file.ts';
import {type App, createApp} from '../../src/tui/state/app.ts';
import type {ThemeName} from '../../src/tui/theme.ts';
import type {FakeBackend} from './fake-backend.ts';
import {frameTime} from './fake-session.ts';
import {type HeadlessTerminal, openHeadless} from './headless-terminal.ts';

/** Drives the app as a user does: press, then see. */
export type Driver = HeadlessTerminal & {
  app: App;
  copied: string[];
  saved: SavedFile[];
  /** Waits until the screen shows the text; fails with the screen when it does not in time. */
  see(text: string | RegExp): Promise<string>;
};

export type DriverOptions = {
  columns?: number;
  rows?: number;
  readOnly?: boolean;
  theme?: ThemeName;
  bindings?: readonly Binding[];
  glyphs?: Glyphs;
  clock?: () => number;
  /** A recording to play, on its own clock. */
  replay?: Replay;
  copy?: Copy;
  save?: Save;
};

const patienceMs = 5_000;

/** The whole app on a backend of the test's, with the clock standing still unless one is given. */
export async function openDriver(backend: FakeBackend, options: DriverOptions = {}): Promise<Driver> {
  const {columns = 120, rows = 40, readOnly = false, theme = 'dark', replay} = options;
  const {clock = replay?.now ?? (() => frameTime)} = options;
  const {copy, save} = options;
  const copied: string[] = [];
  const saved: SavedFile[] = [];
  const app = createApp({
    backend,
    stack: 'default',
    readOnly,
    theme,
    ...(options.bindings && {bindings: options.bindings}),
    ...(options.glyphs && {glyphs: options.glyphs}),
    size: {columns, rows},
    clock,
    copy: async text => {
      copied.push(text);
      return {way: 'by the terminal', sure: true};
    },
    save: async file => {
      saved.push(file);
      return `./${file.name}.${file.extension}`;
    },
    ...(copy && {copy}),
    ...(save && {save}),
    suspend: () => {},
    ...(replay && {replay}),
  });
  const terminal = await openHeadless(<Root app={app} {...(options.glyphs && {glyphs: options.glyphs})} />, {
    columns,
    rows,
  });
  await app.start();
  app.store.flush();
  return {
    ...terminal,
    app,
    copied,
    saved,
    async see(text) {
      const deadline = Date.now() + patienceMs;
      for (;;) {
        // Commits are rationed for the sake of the processor; a story does not wait for the next one.
        app.store.flush();
        const frame = await terminal.frame();
        if (typeof text === 'string' ? frame.includes(text) : text.test(frame)) return frame;
        if (Date.now() > deadline) throw new Error(`"${text}" is not on the screen:\n${frame}`);
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    },
    async close() {
      app.store.close();
      await terminal.close();
    },
  };
}
