import {chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {PortableFolders} from '../../../../src/local/lambda/sandbox/portable-folders.ts';
import {eventually} from '../environment/lambda-bench.ts';

let folder: string;
let notices: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portable-folders-'));
  notices = [];
});
afterEach(() => rm(folder, {recursive: true, force: true}));

async function provide(files: Record<string, string>, below = folder) {
  for (const name of ['task', 'opt']) await mkdir(join(below, name), {recursive: true});
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(below, name)), {recursive: true});
    await writeFile(join(below, name), text);
    await chmod(join(below, name), 0o755);
  }
  return {task: join(below, 'task'), opt: join(below, 'opt')};
}
const folders = () => new PortableFolders(join(folder, 'made'), text => notices.push(text));

test('what names no path of Lambda is used as it is', async () => {
  const given = await provide({'opt/extensions/a': '#!/bin/sh\necho hello\n', 'task/index.mjs': 'export {}'});
  expect(await folders().provide(given)).toEqual(given);
});

test('scripts are rewritten in a copy, once, with their modes; what was given stays', async () => {
  const given = await provide({
    'opt/extensions/a': '#!/bin/sh\ncat /opt/x /var/task/y\n',
    'opt/x': 'plain',
    'task/bootstrap': '#!/opt/bin/sh\n',
  });
  const subject = folders();
  const [one, other] = await Promise.all([subject.provide(given), subject.provide(given)]);
  expect(one).toBe(other);
  expect(one.opt).not.toBe(given.opt);
  expect(await readFile(join(one.opt, 'extensions/a'), 'utf8')).toBe(`#!/bin/sh\ncat ${one.opt}/x ${one.task}/y\n`);
  expect(await readFile(join(one.task, 'bootstrap'), 'utf8')).toBe(`#!${one.opt}/bin/sh\n`);
  expect(await readFile(join(one.opt, 'x'), 'utf8')).toBe('plain');
  expect((await stat(join(one.opt, 'extensions/a'))).mode & 0o777).toBe(0o755);
  expect(await readFile(join(given.opt, 'extensions/a'), 'utf8')).toContain('/opt/x');
});

test('a path with a blank cannot stand in a script: said, not done', async () => {
  const blank = join(folder, 'a blank');
  const given = await provide({'opt/extensions/a': '#!/bin/sh\ncat /opt/x\n'}, blank);
  const subject = new PortableFolders(join(blank, 'made'), text => notices.push(text));
  expect(await subject.provide(given)).toEqual(given);
  expect(notices).toEqual([expect.stringMatching(/^a names \/opt .*set TMPDIR to a path without blanks\.$/)]);
});

test('other files that count on the paths are named once, whichever function uses them', async () => {
  const given = await provide({'opt/lib/one.js': "read('/opt/data')", 'opt/two.bin': '\0/opt/data\0'});
  const another = await provide({'task/index.mjs': 'export {}'}, join(folder, 'another'));
  const subject = folders();
  await subject.provide(given);
  await eventually(() => notices.length > 0, 'the notice');
  await subject.provide({...another, opt: given.opt});
  await writeFile(join(given.opt, 'three.js'), "read('/opt/more')");
  await subject.provide({task: join(folder, 'another/opt'), opt: given.opt});
  await eventually(() => notices.length > 1, 'the second notice');
  expect(notices[0]).toMatch(/^\/opt\/(lib\/one\.js|two\.bin) \(and 1 more\) counts on /);
  expect(notices.slice(1)).toEqual([expect.stringMatching(/^\/opt\/three\.js counts on /)]);
});
