import {expect, test} from 'vitest';
import {recordedWords, recordingWords, shortPath} from '../../../src/tui/presentation/recorded-words.ts';

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
  expect(recordedWords({folder: '/home/me/x'}, '/home/me')).toBe('Session: ~/x  (lifecycle-tui --replay ~/x)');
  expect(recordedWords({folder: "/a b/it's"}, undefined)).toBe(
    "Session: /a b/it's  (lifecycle-tui --replay '/a b/it'\\''s')",
  );
});

test.each([
  [{}, undefined, undefined],
  [{folder: '/x'}, 'Session: /x  (lifecycle-tui --replay /x)', '/x'],
  [
    {folder: '/x', off: 'the disk is full'},
    'Session, not to its end (the disk is full): /x  (lifecycle-tui --replay /x)',
    '/x, not recorded any more: the disk is full',
  ],
  [{off: 'no \x1b[2Jroom'}, 'The session was not recorded: no ·room.', 'not recorded: no ·room'],
])('%j is said at the end and in help', (place, atEnd, inHelp) => {
  expect(recordedWords(place, undefined)).toBe(atEnd);
  expect(recordingWords(place, undefined)).toBe(inHelp);
});
