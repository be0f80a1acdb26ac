import {expect, test} from 'vitest';
import {recordedWords, shortPath} from '../../../src/tui/presentation/recorded-words.ts';

test.each([
  ['/home/me/.local/state/x', '/home/me', '~/.local/state/x'],
  ['/home/meow/x', '/home/me', '/home/meow/x'],
  ['/home/me/a b', '/home/me', '/home/me/a b'],
  ['/state/x', '/', '/state/x'],
  ['/state/x', undefined, '/state/x'],
  ['/state/\x1b[2Jx', undefined, '/state/·x'],
])('%j of %j is %j', (path, home, shown) => {
  expect(shortPath(path, home)).toBe(shown);
});

test('the command is one that a shell takes', () => {
  expect(recordedWords('/home/me/x', '/home/me')).toBe('Session: ~/x  (lifecycle-tui --replay ~/x)');
  expect(recordedWords("/a b/it's", undefined)).toBe("Session: /a b/it's  (lifecycle-tui --replay '/a b/it'\\''s')");
});
