import {expect, test} from 'vitest';
import {ndjson, runCli} from './run-cli.ts';

test('with --json everything is NDJSON and the last line is the result', {timeout: 60_000}, async () => {
  const {code, stdout} = await runCli(['demo', '--json', '--idle', '4s']);
  const lines = ndjson(stdout);
  expect(code).toBe(0);
  expect(lines.at(-1)).toMatchObject({type: 'result', ok: true, left: {stack: 'absent', processes: [], files: []}});
  expect(lines.filter(line => line.type === 'response')).toHaveLength(8);
});
