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

/** Where the session is, and the command that plays it, as a shell takes it. */
export function recordedWords(folder: string, home: string | undefined): string {
  const path = shortPath(folder, home);
  const quoted = plain.test(path) ? path : shellWord(path);
  return `Session: ${path}  (lifecycle-tui --replay ${quoted})`;
}
