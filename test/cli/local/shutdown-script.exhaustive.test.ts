import {spawn} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {launcher} from '../run-cli.ts';

const page = new URL('../../../docs/shutdown-testing.md', import.meta.url);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const {port} = server.address() as {port: number};
  await new Promise(resolve => server.close(resolve));
  return port;
}

test('docs/shutdown-testing.md, word for word but for its port: three environments tell that they go', async () => {
  const [, script = ''] = /^## In a script\n[\s\S]*?^```sh\n([\s\S]*?)^```$/m.exec(await readFile(page, 'utf8')) ?? [];
  expect(script).toContain('--port 4571');
  const folder = await mkdtemp(join(tmpdir(), 'shutdown-script-'));
  try {
    // npx would fetch the published package.
    await mkdir(join(folder, 'bin'));
    const npx = join(folder, 'bin', 'npx');
    await writeFile(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${launcher}' "$@"\n`);
    await chmod(npx, 0o755);
    const port = await freePort();
    const child = spawn('sh', ['-e', '-c', script.replaceAll('4571', String(port))], {
      cwd: folder,
      env: {PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder, NODE_OPTIONS: process.env.NODE_OPTIONS},
    });
    child.stdin.end();
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (more: string) => {
        text += more;
      });
    }
    const code = await new Promise(resolve => child.once('close', resolve));
    // The embedded AWS was ended by SIGTERM, and that is what the script's last command says.
    expect([0, 143], text).toContain(code);
    const result = text.split('\n').find(line => line.includes('"shutdowns"')) ?? '';
    const {ok, shutdowns, missing} = JSON.parse(result);
    expect({ok, missing}).toEqual({ok: true, missing: []});
    expect(shutdowns.map(({reason}: {reason: string}) => reason)).toEqual(['spindown', 'spindown', 'spindown']);
    expect(await readFile(join(folder, 'local.ndjson'), 'utf8')).toContain('"type":"result","ok":true');
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}, 60_000);
