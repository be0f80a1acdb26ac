import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {buildAssets} from '../../src/assets/build.ts';
import {readZip} from './read-zip.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = ['layer.zip', 'target.zip', 'authorizer.zip'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assets-'));
  await buildAssets({root, outFolder: join(folder, 'one')});
});

afterAll(() => rm(folder, {recursive: true, force: true}));

test.each([
  ['layer.zip', 'extensions/shutdown-notifier', 0o100755],
  ['target.zip', 'index.mjs', 0o100644],
  ['authorizer.zip', 'index.mjs', 0o100644],
])('%s holds one stored, undated file', async (name, path, mode) => {
  const entries = await readZip(join(folder, 'one', name));
  expect(entries.map(({path, mode, method, dosDate}) => ({path, mode, method, dosDate}))).toEqual([
    {path, mode, method: 0, dosDate: (1 << 5) | 1},
  ]);
});

test('building again, on another day and in another time zone, gives the same bytes', async () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Pacific/Kiritimati';
  try {
    await buildAssets({root, outFolder: join(folder, 'two')});
  } finally {
    process.env.TZ = zone;
  }
  for (const name of names) {
    const [one, two] = await Promise.all(['one', 'two'].map(run => readFile(join(folder, run, name))));
    expect(one?.equals(two ?? Buffer.alloc(0)), name).toBe(true);
  }
});

test('the extension is one CommonJS script under 30 kB, the metafiles name what is bundled', async () => {
  const [entry] = await readZip(join(folder, 'one', 'layer.zip'));
  const code = entry?.bytes.toString('utf8') ?? '';
  expect(code.startsWith('#!/usr/bin/env node\n')).toBe(true);
  expect(code).not.toMatch(/^import[ {]/m);
  expect(code.length).toBeLessThan(30_000);
  const metafiles = await buildAssets({root, outFolder: join(folder, 'three')});
  expect(metafiles.flatMap(({inputs}) => Object.keys(inputs))).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/node_modules\/aws4\//),
      expect.stringMatching(/node_modules\/@middy\/core\//),
    ]),
  );
});

test('both functions load on the Node that runs the embedded AWS', async () => {
  for (const name of ['target.zip', 'authorizer.zip']) {
    const [entry] = await readZip(join(folder, 'one', name));
    const source = `data:text/javascript;base64,${entry?.bytes.toString('base64')}`;
    const {stdout} = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      `const {handler} = await import(${JSON.stringify(source)}); console.log(typeof handler)`,
    ]);
    expect(stdout).toBe('function\n');
  }
});
