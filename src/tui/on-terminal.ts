import type {Replay} from '../operate/replay/open-replay.ts';
import type {Glyphs} from '../text/ascii.ts';
import {sanitize} from '../text/sanitize.ts';
import type {Backend} from './backend/backend.ts';
import {createClipboard} from './clipboard.ts';
import {firstFrame, leaveFirstFrame} from './first-frame.ts';
import type {Binding} from './keys/binding.ts';
import type {Suspend} from './root.tsx';
import {createSave} from './save-file.ts';
import {type App, createApp} from './state/app.ts';
import {announce} from './terminal/announce.ts';
import {askBackground, backgroundOf, canAsk} from './terminal/background.ts';
import {takeProcess} from './terminal/endings.ts';
import {keysOnly} from './terminal/keys-only.ts';
import {createModes} from './terminal/modes.ts';
import {stopUntilContinued} from './terminal/stop.ts';
import {firstTheme, namedBackground, type ThemeName} from './theme.ts';

export type TerminalOptions = {
  stack: string;
  readOnly: boolean;
  /** The user's choice; without it the terminal's background decides. */
  theme?: ThemeName;
  bindings?: readonly Binding[];
  glyphs: Glyphs;
  /** No window title and no bell. */
  quiet: boolean;
  /** A recording to play; no target is called then. */
  replay?: Replay;
  /** Hears of the app before it is drawn. */
  onApp?: (app: App) => void;
};

const write = (text: string): void => void process.stdout.write(text);

/**
 * Runs the app on this terminal until the user leaves it; resolves with the exit code. The terminal is as it was before
 * by then. Errors are printed after the terminal is restored.
 */
export async function runOnTerminal(backend: Backend, options: TerminalOptions): Promise<number> {
  const {stack, readOnly, glyphs} = options;
  const {TERM} = process.env;
  const talkative = canAsk(TERM);
  const quiet = options.quiet || !talkative;
  const modes = createModes(write, !quiet);
  let suspendTerminal: Suspend | undefined;
  const app = createApp({
    backend,
    stack,
    readOnly,
    theme: options.theme ?? firstTheme(process.env),
    ...(options.bindings && {bindings: options.bindings}),
    glyphs,
    size: {columns: process.stdout.columns, rows: process.stdout.rows},
    clock: options.replay?.now ?? Date.now,
    ...(options.replay && {replay: options.replay}),
    copy: createClipboard({platform: process.platform, environment: process.env, write}),
    save: createSave('.'),
    suspend: () => void suspendTerminal?.(() => stopped(modes, quiet ? undefined : renew)),
  });
  options.onApp?.(app);
  const failures: unknown[] = [];
  const release = takeProcess(app.leave, failures);
  // For an end that comes without asking, such as `process.exit` somewhere below.
  process.once('exit', modes.leave);
  // What is typed from now on waits for the renderer, and is not echoed into the frame.
  process.stdin.setRawMode(true);
  modes.enter();
  write(firstFrame(app.store.get(), glyphs));
  const stdin = keysOnly(process.stdin, reply => suitBackground(app, reply));
  // The answer is awaited by nobody: until it comes the theme is the one for dark ones.
  if (
    talkative &&
    options.theme === undefined &&
    app.store.get().theme === 'dark' &&
    namedBackground(process.env) === undefined
  )
    write(askBackground);
  let announced = quiet ? undefined : announce(app.store, write, glyphs);
  const renew = () => {
    announced?.();
    announced = announce(app.store, write, glyphs);
  };
  const instance = await import('./mount.tsx')
    .then(({mount}) =>
      mount(app, {
        glyphs,
        stdin,
        onSuspend: run => (suspendTerminal = run),
        onRender: ({renderTime}) => app.store.took(renderTime),
      }),
    )
    .catch(error => {
      write(leaveFirstFrame);
      modes.leave();
      process.stdin.setRawMode(false);
      throw error;
    });
  // A render that throws ends the instance; the app has then to end as well.
  const torn = instance.waitUntilExit().then(
    () => undefined,
    error => {
      failures.push(error);
      app.leave(1);
    },
  );
  await instance.waitUntilRenderFlush();
  void app.start();
  const code = await app.exited;
  app.store.close();
  instance.unmount();
  await torn;
  modes.leave();
  release();
  process.stdin.pause();
  for (const line of app.stays()) process.stdout.write(`${sanitize(line)}\n`);
  for (const failure of failures) process.stderr.write(describe(failure));
  return failures.length > 0 && code === 0 ? 1 : code;
}

/** Changes nothing where the user has chosen a theme meanwhile. */
function suitBackground(app: App, reply: string): void {
  if (backgroundOf(reply) !== 'light' || app.store.get().theme !== 'dark') return;
  app.store.set({theme: 'light'});
  app.store.flush();
}

/** The shell gets the terminal as it was, and the app takes it again with its title. */
async function stopped({enter, leave}: ReturnType<typeof createModes>, renew: (() => void) | undefined) {
  leave();
  await stopUntilContinued();
  enter();
  renew?.();
}

const describe = (error: unknown) =>
  [
    `✕ lifecycle-tui ended because of a mistake of its own: ${sanitize(error instanceof Error ? (error.stack ?? error.message) : String(error))}`,
    '  What is deployed stays as it is. Please report the lines above.',
    '  Next: lifecycle-tui status',
    '',
  ].join('\n');
