import {spawn} from 'node:child_process';
import {access, chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build} from 'esbuild';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {sessionsFolder} from '../../../src/operate/recording/session-folder.ts';
import {createSessionWriter, type SessionWriter} from '../../../src/operate/recording/session-writer.ts';
import {eventually} from '../fakes.ts';

let root: string;
let writer: SessionWriter | undefined;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lifecycle-writer-'));
});
afterEach(async () => {
  await writer?.close();
  writer = undefined;
  await rm(root, {recursive: true, force: true});
});

const at = new Date('2026-11-21T12:00:00.500Z');

function open(given: {root?: string; mostBytes?: number} = {}): {writer: SessionWriter; offs: string[]} {
  const offs: string[] = [];
  writer = createSessionWriter({root, at, mostBytes: 1e6, onOff: reason => offs.push(reason), ...given});
  return {writer, offs};
}

test('lines are on disk soon, in order, and all of them after closing', async () => {
  const {writer} = open();
  for (let n = 0; n < 500; n += 1) writer.write('session.ndjson', `line ${n}`);
  const file = join(root, '2026-11-21T12-00-00Z', 'session.ndjson');
  await eventually(() => writer.folder() !== undefined, 'a folder');
  expect(writer.folder()).toBe(join(root, '2026-11-21T12-00-00Z'));
  expect(await readdir(writer.folder()!)).toContain('in-use');
  writer.write('session.ndjson', 'the last');
  await writer.close();
  const lines = (await readFile(file, 'utf8')).split('\n');
  expect(lines.slice(0, 3)).toEqual(['line 0', 'line 1', 'line 2']);
  expect(lines.slice(-2)).toEqual(['the last', '']);
  expect(await readdir(writer.folder()!)).toEqual(['events.ndjson', 'logs.txt', 'session.ndjson']);
});

test('two sessions of one second have a folder each', async () => {
  const first = open().writer;
  first.write('logs.txt', 'first');
  await first.close();
  const second = open().writer;
  second.write('logs.txt', 'second');
  await second.close();
  expect(second.folder()).toBe(`${first.folder()}-2`);
  expect(await readFile(join(first.folder()!, 'logs.txt'), 'utf8')).toBe('first\n');
});

test.each([
  ['a file is in the way', async () => writeFile(join(root, 'taken'), ''), 'taken'],
  ['a link without end', async () => (await import('node:fs/promises')).symlink('loop', join(root, 'loop')), 'loop'],
])('%s: one notice, no error, no folder', async (_, arrange, name) => {
  await arrange();
  const {writer, offs} = open({root: join(root, name, 'sub')});
  writer.write('session.ndjson', 'x');
  await eventually(() => offs.length > 0, 'a notice');
  writer.write('session.ndjson', 'y');
  await writer.close();
  expect(offs).toEqual([expect.stringMatching(/^its folder cannot be written to \(E[A-Z]+\)$/)]);
  expect(writer.folder()).toBeUndefined();
});

test.skipIf(process.getuid?.() === 0)('a folder without the right to write: one notice', async () => {
  await mkdir(join(root, 'locked'));
  await chmod(join(root, 'locked'), 0o500);
  const {writer, offs} = open({root: join(root, 'locked')});
  writer.write('session.ndjson', 'x');
  await eventually(() => offs.length > 0, 'a notice');
  expect(offs).toEqual(['its folder cannot be written to (EACCES)']);
});

const hasFull = await access('/dev/full').then(
  () => true,
  () => false,
);

test.skipIf(!hasFull)('a full disk: one notice, and the app goes on', async () => {
  const {writer, offs} = open();
  writer.write('session.ndjson', 'x');
  await eventually(() => writer.folder() !== undefined, 'a folder');
  // What is written from now on goes where no room is left.
  const {open: openFile} = await import('node:fs/promises');
  const probe = await openFile('/dev/full', 'w');
  const full = Object.getPrototypeOf(probe) as {write: (...given: unknown[]) => Promise<unknown>};
  const {write} = full;
  full.write = (...given) => write.apply(probe, given);
  try {
    writer.write('session.ndjson', 'y');
    await eventually(() => offs.length > 0, 'a notice');
    expect(offs).toEqual(['the disk is full']);
  } finally {
    full.write = write;
    await probe.close();
  }
});

test('a session that becomes too large is written no further', async () => {
  const {writer, offs} = open({mostBytes: 1_000});
  writer.write('logs.txt', 'x'.repeat(2_000));
  await eventually(() => offs.length > 0, 'a notice');
  writer.write('logs.txt', 'y');
  await writer.close();
  expect(offs).toEqual(['it has reached 0 MB']);
  expect(await readFile(join(writer.folder()!, 'logs.txt'), 'utf8')).toBe(`${'x'.repeat(2_000)}\n`);
});

test('more than can wait for a disk turns it off at once', () => {
  const {writer, offs} = open();
  for (let n = 0; n < 40; n += 1) writer.write('logs.txt', 'x'.repeat(1_000_000));
  expect(offs).toEqual(['the disk is too slow']);
});

test('what was written survives a kill', async () => {
  const script = join(root, 'app.mjs');
  await build({
    stdin: {
      contents: `
        import {createSessionWriter} from './src/operate/recording/session-writer.ts';
        const writer = createSessionWriter({root: process.argv[2], at: new Date(), mostBytes: 1e6, onOff: console.log});
        writer.write('logs.txt', 'kept');
        setInterval(() => {}, 1_000);`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
  const sessions = join(root, 'sessions');
  const child = spawn(process.execPath, [script, sessions], {stdio: 'inherit'});
  const exited = new Promise(resolve => child.once('exit', resolve));
  const deadline = Date.now() + 10_000;
  let kept = '';
  while (kept === '' && Date.now() < deadline) {
    const [folder] = await readdir(sessions).catch(() => []);
    kept = folder ? await readFile(join(sessions, folder, 'logs.txt'), 'utf8').catch(() => '') : '';
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  child.kill('SIGKILL');
  await exited;
  expect(kept).toBe('kept\n');
});

test.each([
  [{XDG_STATE_HOME: '/state'}, '/state/lifecycle-tui'],
  [{XDG_STATE_HOME: 'relative'}, /\/\.local\/state\/lifecycle-tui$/],
  [{XDG_STATE_HOME: ''}, /\/\.local\/state\/lifecycle-tui$/],
  [{}, /\/\.local\/state\/lifecycle-tui$/],
])('sessions are kept where %j says', (environment, folder) => {
  expect(sessionsFolder(environment)).toEqual(typeof folder === 'string' ? folder : expect.stringMatching(folder));
});
