import {afterAll, beforeAll, expect, test} from 'vitest';
import {type LocalAws, startLocalAws} from '../../src/local/start.ts';
import {runCli} from './run-cli.ts';

let local: LocalAws;
beforeAll(async () => {
  // As with the behaviour of AWS, environments outlive an update of their function.
  local = await startLocalAws({port: 0, settings: {retireMs: [13_000, 13_000]}});
});
afterAll(() => local.close());

test('shutdown waits for environments that live on after an update, and says so', async () => {
  const at = ['--endpoint-url', local.endpoint];
  expect((await runCli(['deploy', '--no-smoke', ...at])).code).toBe(0);
  expect((await runCli(['fire', ...at])).code).toBe(0);
  const {code, stdout, stderr} = await runCli(['shutdown', ...at]);
  expect(code, stderr).toBe(0);
  expect(stderr).toContain('1 still there: AWS may let them live on for minutes. Waiting 7');
  expect(stdout).toContain('SHUTDOWN spindown');
});
