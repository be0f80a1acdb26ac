// A program in a pseudo-terminal, as seen from outside: what it shows, what it writes, and what it costs.
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import xterm from '@xterm/headless';

const entry = fileURLToPath(new URL('../../bin/lifecycle-tui.js', import.meta.url));
const ticksPerSecond = 100;

export const openApp = (args, options) => openProgram(process.execPath, [entry, ...args], options);

export function openProgram(program, args, {home, columns = 120, rows = 40}) {
  const screen = new xterm.Terminal({cols: columns, rows, allowProposedApi: true});
  const env = {...process.env, HOME: home, XDG_STATE_HOME: home, LANG: 'C.UTF-8', COLORTERM: 'truecolor'};
  const pty = spawn(program, args, {cols: columns, rows, name: 'xterm-256color', env});
  let bytes = 0;
  const waiting = new Set();
  const look = () => {
    for (const check of waiting) check();
  };
  pty.onData(data => {
    bytes += Buffer.byteLength(data);
    screen.write(data, look);
  });
  const ended = new Promise(resolve => pty.onExit(resolve));
  const frame = () =>
    Array.from(
      {length: rows},
      (_, row) => screen.buffer.active.getLine(screen.buffer.active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  return {
    pid: pty.pid,
    frame,
    bytes: () => bytes,
    press: keys => pty.write(keys),
    /** Resolves with the moment at which the screen showed it, as `performance.now()` has it. */
    shows(what, withinMs = 20_000) {
      const seen = typeof what === 'string' ? () => frame().includes(what) : () => what(frame());
      return new Promise((resolve, reject) => {
        const deadline = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`${what} is not on the screen:\n${frame()}`));
        }, withinMs);
        const check = () => {
          if (!seen()) return;
          clearTimeout(deadline);
          waiting.delete(check);
          resolve(performance.now());
        };
        waiting.add(check);
        check();
      });
    },
    /** Seconds of processor time so far, all threads. */
    async cpu() {
      const fields = (await readFile(`/proc/${pty.pid}/stat`, 'utf8')).split(') ').at(-1).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    },
    /** Resident memory, MB. */
    async memory() {
      return Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pty.pid}/status`, 'utf8'))[1]) / 1_024;
    },
    async close() {
      pty.kill('SIGKILL');
      await ended;
      screen.dispose();
    },
  };
}

/** What it costs while nobody presses a key. */
export async function costOver(program, seconds) {
  const [cpu, bytes, at] = [await program.cpu(), program.bytes(), performance.now()];
  await new Promise(resolve => setTimeout(resolve, seconds * 1_000));
  const took = (performance.now() - at) / 1_000;
  return {share: ((await program.cpu()) - cpu) / took, bytesPerSecond: (program.bytes() - bytes) / took};
}

const panes = ['1 Environments', '2 Requests', '3 Events', '4 Logs'];

/** Presses tab `count` times at odd moments; ms until the next pane has the heavy border. */
export async function tabLatencies(app, count) {
  const found = [];
  for (let index = 1; index <= count; index += 1) {
    await new Promise(resolve => setTimeout(resolve, 90 + ((index * 37) % 120)));
    const at = performance.now();
    const shown = app.shows(frame => frame.includes(`━ ${panes[index % panes.length]} `));
    app.press('\t');
    found.push((await shown) - at);
  }
  return found;
}

/** The least number that 95 of 100 do not exceed. */
export function p95(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * 0.95) - 1)];
}
