import {expect, test} from 'vitest';
import {ndjson, runCli} from './run-cli.ts';

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
