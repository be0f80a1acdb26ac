import {spawn, spawnSync} from 'node:child_process';
import {chmod, mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {launcher} from '../run-cli.ts';
import {readRecipe} from './recipe.ts';

const missing = ['aws', 'zip', 'bash'].filter(tool => spawnSync(tool, ['--version']).status !== 0);
if (missing.length > 0) console.log(`skipped: ${missing.join(' and ')} not installed`);
const version = /^aws-cli\/(\d+)\.(\d+)/.exec(spawnSync('aws', ['--version'], {encoding: 'utf8'}).stdout ?? '');
const [major = 0, minor = 0] = version?.slice(1).map(Number) ?? [];
const tooOld = missing.length === 0 && minor < (major === 1 ? 29 : 13);
if (tooOld) console.log(`skipped: ${version?.[0]} knows no AWS_ENDPOINT_URL`);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipe-'));
  await mkdir(join(folder, 'bin'));
  // The page's first command would fetch the published package, and take the usual port.
  const npx = `#!/bin/sh\nshift\nexec '${process.execPath}' '${launcher}' "$@" --port 0\n`;
  await writeFile(join(folder, 'bin', 'npx'), npx);
  await chmod(join(folder, 'bin', 'npx'), 0o755);
});
afterAll(() => rm(folder, {recursive: true, force: true}));

type Shell = {text(): string; ended: Promise<number | null>; end(): void};

function bash(script: string): Shell {
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    HOME: folder,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Through it the test run counts what is started.
    NODE_OPTIONS: process.env.NODE_OPTIONS,
  };
  const child = spawn('bash', ['-e', '-c', script], {cwd: folder, env});
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
  }
  child.stdin.on('error', () => {});
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  return {text: () => text, ended, end: () => child.stdin.end()};
}

async function until(holds: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not in 20 s: ${what()}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

test.skipIf(missing.length > 0 || tooOld)(
  'docs/local.md, word for word: the extension gets its SHUTDOWN',
  {
    timeout: 60_000,
  },
  async () => {
    const {blocks} = await readRecipe();
    const [start = '', exports = '', ...rest] = blocks;
    const look = rest.pop() ?? '';
    expect(start.trim()).toBe('npx lifecycle-tui local');
    const local = bash(`exec ${start}`);
    try {
      await until(() => /^Ready\./m.test(local.text()), local.text);
      const [endpoint = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(local.text()) ?? [];
      expect(exports).toContain('http://127.0.0.1:4566');
      const variables = exports.replace('http://127.0.0.1:4566', endpoint);

      const doing = bash(variables + rest.join(''));
      doing.end();
      expect(await doing.ended, doing.text()).toBe(0);

      const said: string[] = [];
      await until(
        async () => {
          const looking = bash(variables + look);
          looking.end();
          await looking.ended;
          said.push(looking.text());
          return looking.text().includes('[my-extension] SHUTDOWN spindown');
        },
        () => said.join('\n'),
      );
      expect(local.text()).toMatch(/my-function +ready → shutting-down .*SHUTDOWN spindown, 2\.0 s to go\n/);
      expect(local.text()).toMatch(/my-function +shutting-down → gone .*my-extension exited \d+ ms after SHUTDOWN\n/);
    } finally {
      local.end();
      await local.ended;
    }
  },
);
