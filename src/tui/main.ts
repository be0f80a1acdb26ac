import {setFlagsFromString} from 'node:v8';
import type {StartLocal} from '../operate/local-process.ts';
import {createBackend} from './backend/backend.ts';
import {runOnTerminal, type TerminalOptions} from './on-terminal.ts';
import {recordedWords} from './presentation/recorded-words.ts';
import {endByHangUp, hungUp} from './terminal/endings.ts';

export type RunOptions = Omit<TerminalOptions, 'onApp'> & {
  startLocal: StartLocal;
  profile?: string;
  region?: string;
  endpointUrl?: string;
  /** Idle lifetime on Local. */
  idleMs?: number;
  /** Where sessions are recorded, and the version that records them; asked when the first one begins. */
  recording?: () => Promise<{root: string; version: string}>;
};

/**
 * The app runs for hours beside other work, and each commit leaves old lists behind. V8 would let their garbage grow to
 * several times of what is held before it looks for it; so it looks early, and keeps little room for what is young.
 */
const thrifty = ['--optimize-for-size', '--heap-growing-percent=5', '--semi-space-growth-factor=1'];

/** Runs the app on this terminal; when it resolves, with the exit code, Local and its environments have ended. */
export async function runApp(options: RunOptions): Promise<number> {
  for (const flag of thrifty) setFlagsFromString(flag);
  const {startLocal, idleMs, recording, ...choice} = options;
  let notify: (text: string) => void = () => undefined;
  const backend = createBackend({
    ...choice,
    ...(recording && {recording: async () => ({...(await recording()), onNotice: text => notify(text)})}),
    startLocal: more => startLocal({...more, ...(idleMs !== undefined && {idleMs})}),
  });
  const code = await runOnTerminal(backend, {...options, onApp: app => (notify = app.notify)}).finally(async () => {
    await backend.closeRecording?.();
    const words = options.quiet ? undefined : recordedWords(backend.recordedIn?.() ?? {}, process.env.HOME);
    if (words !== undefined) process.stderr.write(`${words}\n`);
  });
  if (code === hungUp) endByHangUp();
  return code;
}
