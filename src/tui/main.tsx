import type {StartLocal} from '../operate/local-process.ts';
import type {Replay} from '../operate/replay/open-replay.ts';
import {sanitize} from '../text/sanitize.ts';
import {clipboardSequence} from './clipboard.ts';
import {firstFrame, leaveFirstFrame} from './first-frame.ts';
import {createApp} from './state/app.ts';
import {createBackend} from './state/backend.ts';
import {firstTheme} from './theme.ts';

export type RunOptions = {
  startLocal: StartLocal;
  stack: string;
  profile?: string;
  region?: string;
  endpointUrl?: string;
  /** Idle lifetime on Local. */
  idleMs?: number;
  readOnly: boolean;
  /** Where sessions are recorded, and the version that records them. */
  recording?: {root: string; version: string};
  /** Where the session was recorded is not said at the end. */
  quiet?: boolean;
  /** A recording to play; no target is called then. */
  replay?: Replay;
};

/**
 * Runs the app on this terminal until the user leaves it; resolves with the exit code. The terminal is as it was
 * before by then, and Local and its environments have ended. Errors are printed after the terminal is restored.
 */
export async function runApp(options: RunOptions): Promise<number> {
  const {startLocal, idleMs, recording, ...choice} = options;
  const backend = createBackend({
    ...choice,
    ...(recording && {recording: {...recording, onNotice: text => app.notify(text)}}),
    startLocal: more => startLocal({...more, ...(idleMs !== undefined && {idleMs})}),
  });
  let suspend: () => void = () => undefined;
  const app = createApp({
    backend,
    stack: options.stack,
    readOnly: options.readOnly,
    theme: firstTheme(process.env),
    size: {columns: process.stdout.columns, rows: process.stdout.rows},
    clock: options.replay?.now ?? Date.now,
    ...(options.replay && {replay: options.replay}),
    copy: text => process.stdout.write(clipboardSequence(text)),
    suspend: () => suspend(),
  });
  const failures: unknown[] = [];
  const release = takeProcess(app.leave, failures);
  // What is typed from now on waits for the renderer, and is not echoed into the frame.
  process.stdin.setRawMode(true);
  process.stdout.write(firstFrame(app.store.get()));
  const instance = await import('./mount.tsx')
    .then(({mount}) => mount(app, run => (suspend = run)))
    .catch(error => {
      process.stdout.write(leaveFirstFrame);
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
  await backend.closeRecording?.();
  app.store.close();
  instance.unmount();
  await torn;
  release();
  const recordedIn = backend.recordedIn?.();
  if (recordedIn !== undefined && !options.quiet) process.stderr.write(`${recordedWords(recordedIn)}\n`);
  for (const failure of failures) process.stderr.write(`${describe(failure)}\n`);
  return failures.length > 0 && code === 0 ? 1 : code;
}

/** Where the session is, and the command that plays it, as a shell takes it. */
function recordedWords(folder: string): string {
  const shown = sanitize(folder);
  const quoted = /^[\w./@:+-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`;
  return `Session: ${shown}  (lifecycle-tui --replay ${quoted})`;
}

const describe = (error: unknown) => sanitize(error instanceof Error ? (error.stack ?? error.message) : String(error));

/** Signals and stray errors end the app in order; warnings are kept off the screen. */
function takeProcess(leave: (code: number) => void, failures: unknown[]): () => void {
  const fail = (error: unknown) => {
    failures.push(error);
    leave(1);
  };
  const listeners: [string, (value: unknown) => void][] = [
    ['SIGTERM', () => leave(143)],
    ['SIGHUP', () => leave(129)],
    ['SIGINT', () => leave(130)],
    ['uncaughtException', fail],
    ['unhandledRejection', fail],
    ['warning', () => undefined],
  ];
  const printers = process.listeners('warning');
  process.removeAllListeners('warning');
  for (const [name, listener] of listeners) process.on(name, listener);
  return () => {
    for (const [name, listener] of listeners) process.off(name, listener);
    for (const printer of printers) process.on('warning', printer);
  };
}
