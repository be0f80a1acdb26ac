import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {processTree, stillRunning} from '../../src/cli/process-tree.ts';
import {ndjson, runCli, startCli} from './run-cli.ts';

test('the demo tells the whole story, proves that nothing is left, and ends with 0', {timeout: 60_000}, async () => {
  const {code, stdout, stderr} = await runCli(['demo']);
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).not.toContain('✕');
  expect(stdout).not.toContain('\x1b');
  expect(stdout).toContain('on AWS after about 6 minutes');
  const rows = (pattern: RegExp): number => stdout.match(pattern)?.length ?? 0;
  expect(rows(/ 200 .*cold/g)).toBe(3);
  expect(rows(/ 200 .*warm/g)).toBe(5);
  expect(rows(/SHUTDOWN +spindown/g)).toBe(3);
  expect(rows(/ {2}INVOKE /g)).toBe(6);
  expect(stdout).toMatch(/✓ stack +absent\n.*✓ table .*\n.*✓ processes +0 of \d+ left\n.*✓ files/);
  for (const line of stdout.split('\n')) expect([...line].length).toBeLessThanOrEqual(100);
});

test('with --json everything is NDJSON and the last line is the result', {timeout: 60_000}, async () => {
  const {code, stdout} = await runCli(['demo', '--json', '--idle', '4s']);
  const lines = ndjson(stdout);
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({type: 'result', ok: true, left: {stack: 'absent', processes: [], files: []}});
  expect(lines.filter(line => line.type === 'response')).toHaveLength(8);
});

test.each([/Start the embedded AWS/, /✓ DynamoDB/, / {2}INVOKE /])(
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
  await demo.said(/ {2}INVOKE /);
  const pids = await processTree(demo.child.pid!);
  expect(pids.length).toBeGreaterThan(4);
  expect(await readdir(folder)).not.toEqual([]);
  demo.child.kill('SIGKILL');
  await demo.ended;
  expect(await stillRunning(pids, 10_000)).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, {recursive: true});
});
