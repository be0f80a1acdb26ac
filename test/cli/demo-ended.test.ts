import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {processTree, stillRunning} from '../../src/cli/process-tree.ts';
import {startCli} from './run-cli.ts';

test.each([/Start the embedded AWS/, /✓ DynamoDB/, / 200 .*cold/])(
  'Ctrl-C after %s ends it with 130 and leaves nothing',
  {timeout: 40_000},
  async pattern => {
    const folder = await mkdtemp(join(tmpdir(), 'demo-stopped-'));
    const demo = startCli(['demo', '--idle', '30s'], {TMPDIR: folder});
    await demo.said(pattern);
    const pids = await processTree(demo.child.pid!);
    demo.child.kill('SIGINT');
    const {code, stdout} = await demo.ended;
    expect(code, stdout).toBe(130);
    expect(await stillRunning(pids, 3_000)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, {recursive: true});
  },
);

test('kill -9 of the demo ends the embedded AWS, all its processes and its files', {timeout: 40_000}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-killed-'));
  const demo = startCli(['demo', '--idle', '60s'], {TMPDIR: folder});
  await demo.said(/ 200 .*cold/);
  const pids = await processTree(demo.child.pid!);
  expect(pids.length).toBeGreaterThan(4);
  expect(await readdir(folder)).not.toEqual([]);
  demo.child.kill('SIGKILL');
  await demo.ended;
  expect(await stillRunning(pids, 10_000)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, {recursive: true});
});
