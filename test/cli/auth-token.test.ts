import {afterAll, beforeAll, expect, test} from 'vitest';
import {ndjson, runCli, serveLocal} from './run-cli.ts';

let served: Awaited<ReturnType<typeof serveLocal>>;
const cli = (...words: string[]) => runCli([...words, '--endpoint-url', served.endpoint]);

beforeAll(async () => {
  served = await serveLocal();
});
afterAll(() => served.stop());

test('a token is made, shown once, kept, sent by fire, and done away with', {timeout: 60_000}, async () => {
  const first = await cli('deploy', '--auth', 'token');
  expect(`${first.code} ${first.stderr}`).toMatch(/^0/);
  const [, token = ''] = /TOKEN=([0-9a-f]{64})\b/.exec(first.stdout)!;
  expect(first.stdout.split(token)).toHaveLength(2);
  expect(first.stdout).toContain('curl -i -H "Authorization: Bearer $TOKEN" http');
  const url = /http\S+\/hello/.exec(first.stdout)![0];
  expect((await fetch(url)).status).toBe(403);
  expect((await fetch(url, {headers: {Authorization: `Bearer ${token}`}})).status).toBe(200);

  const again = await cli('deploy', '--json');
  expect(ndjson(again.stdout).at(-1)).toMatchObject({ok: true, auth: 'token', criticalPathMs: expect.any(Number)});
  expect(ndjson(again.stdout).filter(each => each.action === 'updated')).toEqual([]);
  expect((await fetch(url, {headers: {Authorization: token}})).status).toBe(200);

  const fired = await cli('fire', '--count', '2', '--json');
  expect(ndjson(fired.stdout).at(-1)).toMatchObject({ok: true, sent: 2, failed: 0});
  for (const {stdout, stderr} of [again, fired, await cli('status', '--json')]) {
    expect(stdout + stderr).not.toContain(token);
  }

  const open = await cli('deploy', '--auth', 'open');
  expect(open.stdout).toContain(`curl -i ${url}`);
  expect((await fetch(url)).status).toBe(200);

  const tooMany = await cli('fire', '--concurrency', '41');
  expect(tooMany.code).toBe(2);
  expect(tooMany.stderr).toContain('more than 40');
});
