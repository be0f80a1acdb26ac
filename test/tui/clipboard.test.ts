import {chmod, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {createClipboard} from '../../src/tui/clipboard.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clipboard-'));
});
afterAll(() => rm(folder, {recursive: true}));

/** A tool on the PATH that keeps what it was given, and with which words. */
async function tool(name: string, script = 'cat > "$KEPT"; echo "$0" "$@" >> "$KEPT"'): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\nKEPT='${path}.kept'\nPATH=/usr/bin:/bin\n${script}\n`);
  await chmod(path, 0o755);
  return `${path}.kept`;
}

async function copy(text: string, environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') {
  const written: string[] = [];
  const clipboard = createClipboard({environment, platform, write: one => written.push(one), patienceMs: 5_000});
  return {result: await clipboard(text), written: written.join('')};
}

const osc = (text: string) => `\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`;

test.each([
  ['kitty', {TERM: 'xterm-kitty'}],
  ['WezTerm', {TERM_PROGRAM: 'WezTerm'}],
  ['Windows Terminal', {WT_SESSION: 'x'}],
  ['kitty over SSH', {TERM: 'xterm-kitty', SSH_CONNECTION: '1 2 3 4'}],
])('%s takes it', async (_, environment) => {
  const {result, written} = await copy('some text ✓', environment);
  expect(written).toBe(osc('some text ✓'));
  expect(result).toEqual({way: 'by the terminal', sure: true});
});

test.each([
  ['an unknown terminal', {TERM: 'xterm-256color'}],
  ['a known one over SSH behind tmux', {TERM: 'xterm-kitty', TMUX: '/tmp/tmux', SSH_TTY: '/dev/pts/1'}],
])('%s may not have taken it', async (_, environment) => {
  expect((await copy('text', environment)).result).toEqual({way: 'by the terminal', sure: false});
});

test('tmux is asked itself and to hand it through', async () => {
  const {written} = await copy('text', {TMUX: '/tmp/tmux-0/default,1,0'});
  expect(written).toBe(`${osc('text')}\x1bPtmux;${osc('text').replaceAll('\x1b', '\x1b\x1b')}\x1b\\`);
});

test.each([
  ['wl-copy', {WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0'}, 'linux', ''],
  ['xclip', {DISPLAY: ':0'}, 'linux', ' -selection clipboard'],
  ['xsel', {DISPLAY: ':0'}, 'linux', ' -b -i'],
  ['pbcopy', {}, 'darwin', ''],
] as const)('%s is given it where the terminal is unknown', async (name, environment, platform, words) => {
  const kept = await tool(name);
  const {result, written} = await copy('a line\n', {...environment, PATH: `/nowhere:${folder}`}, platform);
  expect(result).toEqual({way: `by ${name}`, sure: true});
  expect(written).toBe(osc('a line\n'));
  expect(await readFile(kept, 'utf8')).toBe(`a line\n${join(folder, name)}${words}\n`);
  await rm(join(folder, name));
});

test('Windows is given UTF-16', async () => {
  const kept = await tool('clip.exe', 'cat > "$KEPT"');
  await copy('ü', {WSL_DISTRO_NAME: 'Debian', PATH: folder});
  expect((await readFile(kept)).toString('hex')).toBe('fffefc00');
  await rm(join(folder, 'clip.exe'));
});

test('a tool that fails is passed over for the next one', async () => {
  await tool('wl-copy', 'exit 1');
  const kept = await tool('xclip');
  const {result} = await copy('text', {WAYLAND_DISPLAY: 'w', DISPLAY: ':0', PATH: folder});
  expect(result).toEqual({way: 'by xclip', sure: true});
  expect(await readFile(kept, 'utf8')).toContain('text');
  await Promise.all([rm(join(folder, 'wl-copy')), rm(join(folder, 'xclip'))]);
});

test('a tool that does not take its input is no trouble', async () => {
  await tool('pbcopy', 'exec 0<&-; exit 0');
  const {result} = await copy('x'.repeat(3_000_000), {PATH: folder}, 'darwin');
  expect(result).toBeDefined();
  await rm(join(folder, 'pbcopy'));
});

test('what is too long for a terminal goes to a tool, or is refused', async () => {
  const text = 'x'.repeat(100_000);
  const kept = await tool('xclip');
  const known = await copy(text, {TERM: 'xterm-kitty', DISPLAY: ':0', PATH: folder});
  expect(known.written).toBe('');
  expect(known.result).toEqual({way: 'by xclip', sure: true});
  expect((await readFile(kept, 'utf8')).startsWith(text)).toBe(true);
  const refused = await copy(text, {TERM: 'xterm-kitty', PATH: folder});
  expect(refused.written).toBe('');
  expect(refused.result).toEqual({failed: expect.stringContaining('100 kB are too much')});
  await rm(join(folder, 'xclip'));
});
