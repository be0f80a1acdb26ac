import {spawn} from 'node:child_process';
import {constants} from 'node:fs';
import {access} from 'node:fs/promises';
import {delimiter, join} from 'node:path';

/** How text went to the clipboard. `sure` is false where nothing says that it has arrived. */
type Copied = {way: string; sure: boolean} | {failed: string};
export type Copy = (text: string) => Promise<Copied>;

export type ClipboardOptions = {
  environment: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** Writes to the terminal. */
  write(text: string): void;
  /** How long a tool may take, ms. */
  patienceMs?: number;
};

/** What terminals take at least, in base64 characters. */
const longestSequence = 74_000;

/**
 * The clipboard of the one who sits before the terminal: by the terminal itself (OSC 52), which works over SSH as well,
 * and by this machine's own tool where the text is too long for that or the terminal is not known to take it.
 */
export function createClipboard(options: ClipboardOptions): Copy {
  const {environment, write, patienceMs = 2_000} = options;
  return async text => {
    const encoded = Buffer.from(text, 'utf8').toString('base64');
    const fits = encoded.length <= longestSequence;
    if (fits) write(terminalSequence(encoded, environment.TMUX !== undefined && environment.TMUX !== ''));
    if (fits && takesSequences(environment)) return {way: 'by the terminal', sure: true};
    for (const tool of tools(options)) {
      const path = await onPath(tool.command, environment);
      if (path && (await run(path, tool, text, patienceMs))) return {way: `by ${tool.command}`, sure: true};
    }
    if (fits) return {way: 'by the terminal', sure: false};
    return {
      failed: `${Math.round(text.length / 1_000)} kB are too much for a terminal's clipboard, and no tool for it works here`,
    };
  };
}

/** OSC 52. tmux is told twice: for itself where it is set to listen, and wrapped for the terminal around it. */
function terminalSequence(encoded: string, tmux: boolean): string {
  const sequence = `\x1b]52;c;${encoded}\x07`;
  return tmux ? `${sequence}\x1bPtmux;${sequence.replaceAll('\x1b', '\x1b\x1b')}\x1b\\` : sequence;
}

/** Terminals that put OSC 52 on the clipboard without being asked to; not behind tmux, which may be set not to pass it on. */
function takesSequences({TMUX, STY, TERM = '', TERM_PROGRAM = '', WT_SESSION}: NodeJS.ProcessEnv): boolean {
  if ((TMUX ?? '') !== '' || (STY ?? '') !== '') return false;
  return (
    /^(?:WezTerm|ghostty|vscode|rio)$/i.test(TERM_PROGRAM) ||
    /^(?:xterm-kitty|xterm-ghostty|alacritty|foot|contour|wezterm)/.test(TERM) ||
    (WT_SESSION ?? '') !== ''
  );
}

type Tool = {command: string; options: readonly string[]; encoding?: 'utf16le'};

/** Those that reach a clipboard of this machine; over SSH that is not the user's. */
function tools({environment, platform}: ClipboardOptions): Tool[] {
  const set = (name: string) => (environment[name] ?? '') !== '';
  if (set('SSH_CONNECTION') || set('SSH_TTY')) return [];
  if (platform === 'darwin') return [{command: 'pbcopy', options: []}];
  if (platform === 'win32') return [{command: 'clip.exe', options: [], encoding: 'utf16le'}];
  const found: Tool[] = [];
  if (set('WAYLAND_DISPLAY')) found.push({command: 'wl-copy', options: []});
  if (set('DISPLAY')) {
    found.push({command: 'xclip', options: ['-selection', 'clipboard']}, {command: 'xsel', options: ['-b', '-i']});
  }
  if (set('WSL_DISTRO_NAME') || set('WSL_INTEROP')) {
    found.push({command: 'clip.exe', options: [], encoding: 'utf16le'});
  }
  return found;
}

async function onPath(command: string, {PATH = ''}: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of PATH.split(delimiter)) {
    if (folder === '') continue;
    const path = join(folder, command);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}

/** Whether the tool took the text. It may go on running, as those do that serve a selection. */
function run(path: string, {options, encoding}: Tool, text: string, patienceMs: number): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(path, options, {stdio: ['pipe', 'ignore', 'ignore']});
    const late = setTimeout(() => {
      child.kill();
      resolve(false);
    }, patienceMs);
    const done = (taken: boolean) => {
      clearTimeout(late);
      resolve(taken);
    };
    child.on('error', () => done(false));
    child.on('exit', code => done(code === 0));
    child.stdin.on('error', () => done(false));
    child.stdin.end(encoding === undefined ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, encoding));
  });
}
