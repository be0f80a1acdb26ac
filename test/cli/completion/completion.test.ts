import {execFile} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {promisify} from 'node:util';
import {spawn} from '@lydell/node-pty';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {commands} from '../../../src/cli/commands.ts';
import {bashScript} from '../../../src/cli/completion/bash.ts';
import {fishScript} from '../../../src/cli/completion/fish.ts';
import {zshScript} from '../../../src/cli/completion/zsh.ts';
import {globalOptions} from '../../../src/cli/options.ts';
import {ndjson, runCli} from '../run-cli.ts';

const run = promisify(execFile);
const limitMs = 15_000;

let folder: string;
let home: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'completion-'));
  home = join(folder, 'home');
  await mkdir(join(home, '.aws'), {recursive: true});
  await writeFile(join(home, '.aws/config'), '[default]\n[profile work]\n[sso-session corp]\n');
  await writeFile(join(home, '.aws/credentials'), '[alone]\n');
  await writeFile(join(folder, 'c.bash'), bashScript());
  await writeFile(join(folder, 'c.zsh'), zshScript());
  await writeFile(join(folder, 'c.fish'), fishScript());
});
afterAll(() => rm(folder, {recursive: true}));

/** What a shell offers for a line; the cursor is at its end. */
type Complete = (line: string) => Promise<string[]>;

const bash: Complete = async line => {
  const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lifecycle_tui; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const words = line.split(/ |(=)/).filter((word, index) => word !== undefined && (word !== '' || index > 0));
  const {stdout} = await run('bash', ['--norc', '-c', program, 'bash', join(folder, 'c.bash'), ...words], {
    env: {PATH: process.env.PATH, HOME: home},
    timeout: limitMs,
  });
  return stdout.split('\n').filter(word => word !== '');
};

const fish: Complete = async line => {
  const program = `source ${join(folder, 'c.fish')}; complete -C '${line}'`;
  const {stdout} = await run('fish', ['--no-config', '-c', program], {
    env: {...process.env, HOME: home},
    timeout: limitMs,
  });
  return stdout.split('\n').flatMap(row => row.split('\t')[0] || []);
};

/** zsh completes only where somebody types: in a terminal, whose list of candidates is read off the screen. */
const zsh: Complete = line =>
  new Promise((resolve, reject) => {
    const pty = spawn('zsh', ['-f', '-i'], {cols: 200, rows: 100, env: {...process.env, HOME: home, TERM: 'dumb'}});
    let output = '';
    let stage = 0;
    const limit = setTimeout(() => end(() => reject(new Error(`zsh said nothing more after ${output}`))), limitMs);
    const end = (settle: () => void) => {
      clearTimeout(limit);
      pty.kill('SIGKILL');
      settle();
    };
    pty.onData(data => {
      output += data;
      if (stage === 0 && output.includes('READY')) {
        stage = 1;
        output = '';
        pty.write(`${line}\x18l`);
      } else if (stage === 1 && output.includes('DONE')) {
        const [, list = ''] = output.split('LIST');
        end(() =>
          resolve(
            list
              .split('DONE')[0]!
              .split(/\s+/)
              .filter(word => word !== ''),
          ),
        );
      }
    });
    // The candidates are caught where completion hands them to the shell; asked to store or filter some, it does only that.
    const setUp = [
      'unsetopt zle_bracketed_paste 2>/dev/null',
      'autoload -Uz compinit; compinit -u -D',
      `source ${join(folder, 'c.zsh')}`,
      `compadd() { if [[ " \${@[1,(i)(-|--)]} " == *" -"[OAD]" "* ]]; then builtin compadd "$@"; return; fi; local -a hits; builtin compadd -O hits "$@"; caught+=($hits); builtin compadd "$@" }`,
      'typeset -ga caught',
      'show() { caught=(); zle complete-word; print -r -- "LIST $caught DO""NE" }',
      'zle -N show; bindkey "^Xl" show',
      'print REA""DY',
    ];
    pty.write(`${setUp.join('; ')}\r`);
  });

const inPath = (name: string) =>
  (process.env.PATH ?? '').split(delimiter).some(part => {
    try {
      accessSync(join(part, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

const names = commands.map(({name}) => name);

describe.each([
  ['bash', bash],
  ['fish', fish],
  ['zsh', zsh],
] as const)('%s', (shell, complete) => {
  const missing = !inPath(shell);
  if (missing) console.log(`${shell} is not installed here: its completion is not tried`);

  test.skipIf(missing).each([
    ['lifecycle-tui de', ['demo', 'deploy']],
    ['lifecycle-tui shutdown --how ', ['update', 'timeout', 'crash']],
    ['lifecycle-tui shutdown --how t', ['timeout']],
    ['lifecycle-tui shutdown --how=u', ['update']],
    ['lifecycle-tui shutdown --w', ['--wait']],
    ['lifecycle-tui --profile deploy fire --conc', ['--concurrency']],
    ['lifecycle-tui --profile w', ['work']],
    ['lifecycle-tui status --profile ', ['default', 'work', 'alone']],
    ['lifecycle-tui completion ', ['bash', 'zsh', 'fish']],
    ['lifecycle-tui status x', []],
    ['lifecycle-tui fire --count ', []],
  ])('%s', async (line, wanted) => {
    const found = (await complete(line)).map(word => word.replace(/^--how=/, ''));
    expect([...new Set(found)].sort()).toEqual([...wanted].sort());
  });

  test.skipIf(missing)('offers every command and every option', async () => {
    expect(await complete('lifecycle-tui ')).toEqual(expect.arrayContaining(names));
    const {options} = commands.find(({name}) => name === 'deploy')!;
    const flags = [...options, ...globalOptions].map(flag => `--${flag}`);
    expect(await complete('lifecycle-tui deploy --')).toEqual(expect.arrayContaining(flags));
  });
});

test.each([
  ['bash', bashScript],
  ['fish', fishScript],
  ['zsh', zshScript],
])('the script for %s is plain ASCII without control characters', (_, script) => {
  expect(script()).toMatch(/^[\n\x20-\x7e]+$/);
});

test('the command prints the script, and with --json has it in the result', async () => {
  const text = await runCli(['completion', 'bash']);
  expect(text).toMatchObject({code: 0, stdout: `${bashScript()}\n`, stderr: ''});
  const json = await runCli(['completion', 'fish', '--json']);
  expect(ndjson(json.stdout)).toEqual([expect.objectContaining({type: 'result', ok: true, script: fishScript()})]);
});

test.each([
  [['completion'], 'One of bash, zsh, fish.'],
  [['completion', 'bsh'], 'Did you mean bash?'],
  [['completion', 'powershell'], 'bash, zsh or fish'],
  [['completion', 'bash', 'zsh'], 'Unexpected argument "zsh"'],
  [['status', 'bash'], 'Unexpected argument "bash"'],
])('%j is a usage problem', async (args, words) => {
  const {code, stderr} = await runCli(args);
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
