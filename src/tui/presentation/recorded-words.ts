import type {RecordedPlace} from '../../operate/recording/recorder.ts';
import {shellWord} from '../../provision/aws-command.ts';
import {safeLine} from './safe-line.ts';

/** Letters that mean nothing to a shell. */
const plain = /^[\w./@:+~-]+$/;

/** The path with `~` for the user's home, where a shell would read it so. */
export function shortPath(path: string, home: string | undefined): string {
  const safe = safeLine(path);
  if (!home || home === '/' || !plain.test(safe) || !safe.startsWith(`${home}/`)) return safe;
  return `~${safe.slice(home.length)}`;
}

/** Where the session is, and the command that plays it, as a shell takes it; or why it is not there to its end. */
export function recordedWords({folder, off}: RecordedPlace, home: string | undefined): string | undefined {
  const why = off === undefined ? '' : safeLine(off);
  if (folder === undefined) return why === '' ? undefined : `The session was not recorded: ${why}.`;
  const path = shortPath(folder, home);
  const quoted = plain.test(path) ? path : shellWord(path);
  return `Session${why && `, not to its end (${why})`}: ${path}  (lifecycle-tui --replay ${quoted})`;
}

/** The same in help, while the session goes on. */
export function recordingWords({folder, off}: RecordedPlace, home: string | undefined): string | undefined {
  const path = folder === undefined ? '' : shortPath(folder, home);
  if (off === undefined) return path || undefined;
  return `${path === '' ? 'not recorded' : `${path}, not recorded any more`}: ${safeLine(off)}`;
}
