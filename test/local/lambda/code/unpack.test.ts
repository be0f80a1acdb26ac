import {mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {ZipFile} from 'yazl';
import {CodeStore} from '../../../../src/local/lambda/code/code-store.ts';
import {mergeFolders} from '../../../../src/local/lambda/code/merge-folders.ts';
import {unpack} from '../../../../src/local/lambda/code/unpack.ts';
import {zipOf} from '../service/call.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unpack-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

type Entry = {name: string; text?: string; mode?: number; compress?: boolean};

async function zip(...entries: Entry[]): Promise<Uint8Array> {
  const file = new ZipFile();
  for (const {name, text = '', mode = 0o100644, compress = true} of entries) {
    if (name.endsWith('/')) file.addEmptyDirectory(name, {mode});
    else file.addBuffer(Buffer.from(text), name, {mode, compress});
  }
  file.end();
  const chunks: Buffer[] = [];
  for await (const chunk of file.outputStream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** yazl refuses such names, so they are put in afterwards; the length stays. */
async function zipNamed(name: string): Promise<Uint8Array> {
  const harmless = 'x'.repeat(name.length);
  const bytes = Buffer.from(await zip({name: harmless, text: 'evil', compress: false}));
  for (let at = bytes.indexOf(harmless); at >= 0; at = bytes.indexOf(harmless)) bytes.write(name, at);
  return bytes;
}

const modeOf = async (name: string) => (await stat(join(folder, 'out', name))).mode & 0o777;
const unpacked = (bytes: Uint8Array, limit = 1_000_000) => unpack(bytes, join(folder, 'out'), limit);

describe('unpack', () => {
  test('keeps folders, contents and permission bits, and counts bytes', async () => {
    const bytes = await zip(
      {name: 'extensions/', mode: 0o40755},
      {name: 'extensions/agent', text: '#!/bin/sh\n', mode: 0o100755},
      {name: 'deep/er/file.txt', text: 'hällo'},
      {name: 'secret', text: '', mode: 0o100600},
    );
    expect(await unpacked(bytes)).toBe(10 + 6);
    expect(await readFile(join(folder, 'out/deep/er/file.txt'), 'utf8')).toBe('hällo');
    expect([await modeOf('extensions/agent'), await modeOf('deep/er/file.txt'), await modeOf('secret')]).toEqual([
      0o755, 0o644, 0o600,
    ]);
  });

  test('a file without permission bits can be read', async () => {
    await unpacked(await zip({name: 'file', text: 'a', mode: 0o100000}));
    expect(await modeOf('file')).toBe(0o644);
  });

  test.each([['../out.txt'], ['a/../../out.txt'], ['/tmp/out.txt'], ['C:/out.txt'], ['..\\out.txt']])(
    'refuses the name %s',
    async name => {
      await expect(unpacked(await zipNamed(name))).rejects.toMatchObject({
        code: 'InvalidParameterValueException',
        message: expect.stringMatching(/^Could not unzip uploaded file\./),
      });
      expect(await readdir(folder)).toEqual(['out']);
      expect(await readdir(join(folder, 'out'))).toEqual([]);
    },
  );

  test.each([
    ['a link', 0o120777],
    ['a device', 0o020644],
    ['a pipe', 0o010644],
  ])('refuses %s', async (_, mode) => {
    await expect(unpacked(await zip({name: 'it', text: '/etc/passwd', mode}))).rejects.toThrow(/link or a device/);
  });

  test('refuses a file where a folder is needed', async () => {
    await expect(unpacked(await zip({name: 'a', text: '1'}, {name: 'a/b', text: '2'}))).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
    });
  });

  test('refuses a zip without entries, and bytes that are none', async () => {
    await expect(unpacked(await zip())).rejects.toThrow('non-empty zip');
    await expect(unpacked(Buffer.from('PK nonsense'))).rejects.toThrow(/Could not unzip/);
  });

  test('refuses a cut or damaged zip', async () => {
    const bytes = await zip({name: 'file', text: 'abc'.repeat(10_000)});
    await expect(unpacked(bytes.subarray(0, bytes.length - 10))).rejects.toMatchObject({status: 400});
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, 40, 80);
    await expect(unpacked(damaged)).rejects.toMatchObject({status: 400});
  });

  test('stops at the limit before it writes more', async () => {
    const bytes = await zip({name: 'a', text: 'x'.repeat(600)}, {name: 'b', text: 'y'.repeat(500)});
    expect(await unpacked(bytes, 1_100)).toBe(1_100);
    await rm(join(folder, 'out'), {recursive: true});
    await expect(unpacked(bytes, 1_099)).rejects.toThrow('Unzipped size must be smaller than 1099 bytes');
    expect(await readdir(join(folder, 'out'))).toEqual(['a']);
  });

  test('an entry that lies about its size is refused', async () => {
    const bytes = Buffer.from(await zip({name: 'bomb', text: 'x'.repeat(100_000)}));
    const central = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
    bytes.writeUInt32LE(10, central + 24);
    await expect(unpacked(bytes, 1_000)).rejects.toMatchObject({status: 400});
    expect((await stat(join(folder, 'out/bomb'))).size).toBeLessThanOrEqual(1_000);
  });
});

test('mergeFolders lays later ones over earlier ones, modes and kinds included', async () => {
  const write = async (path: string, text: string, mode = 0o644) => {
    await mkdir(join(folder, path, '..'), {recursive: true});
    await writeFile(join(folder, path), text, {mode});
  };
  await write('one/shared/file', 'one');
  await write('one/only-one', '1');
  await write('one/kind', 'file');
  await write('one/other/inside', 'gone');
  await write('two/shared/file', 'two', 0o755);
  await write('two/kind/inside', 'folder');
  await write('two/other', 'file');
  await mergeFolders([join(folder, 'one'), join(folder, 'two')], join(folder, 'out'));
  const read = (path: string) => readFile(join(folder, 'out', path), 'utf8');
  expect([await read('shared/file'), await read('only-one'), await read('kind/inside'), await read('other')]).toEqual([
    ...['two', '1', 'folder', 'file'],
  ]);
  expect(await modeOf('shared/file')).toBe(0o755);
  expect(await readFile(join(folder, 'one/shared/file'), 'utf8')).toBe('one');
});

describe('CodeStore', () => {
  test('unpacks the same bytes once, also when they come at the same time', async () => {
    const store = new CodeStore(folder, 1_000);
    const bytes = await zipOf({'index.mjs': 'x'});
    const [one, other] = await Promise.all([store.add(bytes), store.add(Buffer.from(bytes))]);
    expect(one).toBe(other);
    expect(await readdir(join(folder, 'unpacked'))).toHaveLength(1);
  });

  test('a failure leaves no folder and is tried again', async () => {
    const store = new CodeStore(folder, 1_000);
    await expect(store.add(Buffer.from('x'))).rejects.toMatchObject({status: 400});
    await expect(store.add(Buffer.from('x'))).rejects.toMatchObject({status: 400});
    expect(await readdir(join(folder, 'unpacked'))).toEqual([]);
  });

  test('one folder per combination of layers, in order', async () => {
    const store = new CodeStore(folder, 1_000);
    const one = await store.add(await zipOf({file: 'one', 'extensions/e': '#!/bin/sh'}));
    const two = await store.add(await zipOf({file: 'two'}));
    const file = async (layers: (typeof one)[]) => readFile(join(await store.merge(layers), 'file'), 'utf8');
    expect([await file([one, two]), await file([two, one]), await file([one])]).toEqual(['two', 'one', 'one']);
    expect(await store.merge([one, two])).toBe(await store.merge([one, two]));
    expect(await readdir(await store.merge([]))).toEqual([]);
    expect((await stat(join(await store.merge([two, one]), 'extensions/e'))).mode & 0o777).toBe(0o755);
  });

  test('code and layers together have one limit', async () => {
    const store = new CodeStore(folder, 10);
    const parts = [await store.add(await zipOf({a: '12345'})), await store.add(await zipOf({b: '123456'}))];
    expect(() => store.checkTogether(parts)).toThrow(/exceeds the maximum allowed size of 10 bytes.*is 11 bytes/);
    expect(() => store.checkTogether(parts.slice(1))).not.toThrow();
  });
});
