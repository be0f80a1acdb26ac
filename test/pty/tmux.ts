import {execFile, spawnSync} from 'node:child_process';
import {promisify} from 'node:util';
import {onTestFinished} from 'vitest';
import {stillRunning} from '../../src/cli/process-tree.ts';

const run = promisify(execFile);

/** The real command in tmux: another terminal's opinion of what it draws. */
export type TmuxApp = {
  /** tmux's own names: `4`, `Enter`, `Escape`. */
  press(key: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** The rows, trailing spaces left out. */
  frame(): Promise<string>;
  /** What each cell holds, by row and column; '' for a blank one and for the second half of a wide character. */
  cells(): Promise<string[][]>;
};

/** Why tmux cannot be asked here, where it cannot. */
export const noTmux: string | undefined =
  spawnSync('tmux', ['-V']).status === 0 ? undefined : 'tmux is not installed: its cells are not compared';

/**
 * `folder` is home and holds the socket; the server is one of its own, with nobody's configuration. It ends with the test,
 * and with it the app.
 */
export async function openInTmux(
  command: readonly string[],
  {columns, rows, folder}: {columns: number; rows: number; folder: string},
): Promise<TmuxApp> {
  const env = {
    ...{PATH: process.env.PATH ?? '', HOME: folder, TMUX_TMPDIR: folder, TZ: 'UTC', LANG: 'C.UTF-8'},
    TERM: 'xterm-256color',
  };
  const tmux = async (...args: readonly string[]): Promise<string> => {
    const {stdout} = await run('tmux', ['-u', '-L', 'cells', '-f', '/dev/null', ...args], {env});
    return stdout;
  };
  let size = {columns, rows};
  const resizing = () => ['resize-window', '-x', String(size.columns), '-y', String(size.rows)];
  await tmux('new-session', '-d', '-x', String(columns), '-y', String(rows), ...command);
  const pid = Number(await tmux('display-message', '-p', '#{pane_pid}'));
  onTestFinished(async () => {
    // Where the app has ended, so has its server.
    await tmux('kill-server').catch(() => undefined);
    const running = await stillRunning([pid], 5_000);
    if (running.length > 0) throw new Error('the app outlives its terminal');
  });
  return {
    async press(key) {
      await tmux('send-keys', key);
    },
    async resize(newColumns, newRows) {
      size = {columns: newColumns, rows: newRows};
      await tmux(...resizing());
    },
    frame: () => tmux('capture-pane', '-p'),
    async cells() {
      // What is captured of a narrower window ends one cell earlier; the app does not get to see it.
      process.kill(pid, 'SIGSTOP');
      try {
        const widths = Array.from({length: size.columns}, (_, index) => size.columns - index);
        const cut = widths.flatMap(width => ['resize-window', '-x', String(width), ';', 'capture-pane', '-p', ';']);
        const lines = (await tmux(...cut, ...resizing())).split('\n');
        const frames = widths.map((_, index) => lines.slice(index * size.rows, (index + 1) * size.rows)).reverse();
        return Array.from({length: size.rows}, (_, row) => inCells(frames.map(frame => frame[row]!.trimEnd())));
      } finally {
        process.kill(pid, 'SIGCONT');
      }
    },
  };
}

/** `cuts[n]`: the row's first `n + 1` cells as text. */
function inCells(cuts: readonly string[]): string[] {
  return cuts.map((cut, column) => cut.slice(cuts[column - 1]?.length ?? 0).trimStart());
}
