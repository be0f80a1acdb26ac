import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {ndjson, runCli} from './run-cli.ts';

test.each([
  [['--help'], 0],
  [['--version'], 0],
  [['deploy', '--help'], 0],
  [[], 2],
  [['no-such-command'], 2],
  [['status', '--region', 'mars'], 2],
  [['status', '--stack', 'UPPER'], 2],
  [['fire', '--count', 'many'], 2],
  [['status', '--endpoint-url', 'http://example.com'], 2],
])('%j exits with %i', async (args, code) => {
  const ended = await runCli(args);
  expect(ended.code).toBe(code);
  expect(code === 0 ? ended.stdout : ended.stderr).not.toBe('');
});

test('without a terminal the app names the way out', async () => {
  const {stderr} = await runCli([]);
  expect(stderr).toContain('lifecycle-tui demo');
  expect(stderr).toContain('--help');
});

test('no answer is exit 1, and --json ends with a result all the same', async () => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  const {code, stdout} = await runCli(['status', '--json', '--endpoint-url', `http://127.0.0.1:${port}`]);
  expect(code).toBe(1);
  expect(ndjson(stdout).map(line => line.type)).toEqual(['error', 'result']);
});

test('without credentials it is exit 4, and nothing is looked for outside the given files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'no-credentials-'));
  const {code, stderr} = await runCli(['status', '--region', 'eu-central-1'], {
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, 'none'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
    AWS_ACCESS_KEY_ID: 'AKIAHALF',
  });
  await rm(folder, {recursive: true});
  expect(code, stderr).toBe(4);
  expect(stderr).toContain('AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not');
  expect(stderr).not.toContain('AKIAHALF');
});
