import {PassThrough} from 'node:stream';
import type {ReadStream} from 'node:tty';
import {expect, test} from 'vitest';
import {backgroundOf, canAsk} from '../../../src/tui/terminal/background.ts';
import {keysOnly} from '../../../src/tui/terminal/keys-only.ts';

async function typed(chunks: readonly string[]) {
  const stdin = new PassThrough() as unknown as ReadStream & PassThrough;
  const replies: string[] = [];
  const keys = keysOnly(stdin, text => replies.push(text));
  for (const chunk of chunks) {
    stdin.write(chunk);
    await new Promise(resolve => setImmediate(resolve));
  }
  keys.setEncoding('utf8');
  return {keys: keys.read() ?? '', replies};
}

const answer = '11;rgb:ffff/ffff/dddd';

test.each([
  ['keys', ['jk', '\x1b[A', 'é'], 'jk\x1b[Aé', []],
  ['an answer alone', [`\x1b]${answer}\x1b\\`], '', [answer]],
  ['an answer ended by BEL', [`\x1b]${answer}\x07`], '', [answer]],
  ['an answer among keys', [`j\x1b]${answer}\x07k`], 'jk', [answer]],
  ['an answer in pieces', ['j\x1b]11;rgb', ':ffff/ffff', '/dddd\x1b', '\\k'], 'jk', [answer]],
  ['split after its first two bytes', ['\x1b]', `${answer}\x07k`], 'k', [answer]],
  ['two of them', [`\x1b]${answer}\x07\x1b]4;1;x\x07`], '', [answer, '4;1;x']],
  ['the escape key', ['\x1b', 'q'], '\x1bq', []],
  ['alt and a letter', ['\x1bP', 'j'], '\x1bPj', []],
  ['a paste that looks like one', ['\x1b[200~a]11;b\x1b[201~'], '\x1b[200~a]11;b\x1b[201~', []],
])('%s', async (_, chunks, keys, replies) => {
  expect(await typed(chunks)).toEqual({keys, replies});
});

test.each([
  ['11;rgb:ffff/ffff/dddd', 'light'],
  ['11;rgb:1e1e/1e1e/1e1e', 'dark'],
  ['11;rgb:00/2b/36', 'dark'],
  ['11;rgb:fd/f6/e3', 'light'],
  ['11;rgba:ffff/ffff/ffff/ffff', 'light'],
  ['10;rgb:ffff/ffff/ffff', undefined],
  ['11;?', undefined],
])('the background that %s tells is %s', (reply, expected) => {
  expect(backgroundOf(reply)).toBe(expected);
});

test('a terminal that would show the question is not asked', () => {
  expect(['dumb', 'linux', 'vt100', '', undefined].map(canAsk)).toEqual([false, false, false, false, false]);
  expect(['xterm-256color', 'tmux-256color', 'screen', 'alacritty'].map(canAsk)).toEqual([true, true, true, true]);
});
