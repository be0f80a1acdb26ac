import {expect, test} from 'vitest';
import {runCli} from './run-cli.ts';

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
