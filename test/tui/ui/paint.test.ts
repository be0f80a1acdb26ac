import {Chalk} from 'chalk';
import {expect, test} from 'vitest';
import {themes} from '../../../src/tui/theme.ts';
import {span} from '../../../src/tui/ui/line.ts';
import {paint} from '../../../src/tui/ui/paint.ts';

const pen = new Chalk({level: 3});

test('neighbours of one tone share their codes', () => {
  const line = [span('a', 'ok'), span('b', 'ok'), span('c'), span('d', 'strong')];
  expect(paint(line, themes.dark, 'unicode', pen)).toBe('\x1b[38;2;87;171;90mab\x1b[39mc\x1b[1md\x1b[22m');
});

test('a line in ASCII, with what others wrote as it is', () => {
  expect(paint([span('▸ │ naïve …')], themes.dark, 'ascii', pen)).toBe('> | naïve ~');
  expect(paint([span('▸ │ naïve …')], themes.dark, 'ascii-only', pen)).toBe('> | na?ve ~');
});

test('a text that nobody has made safe does not reach the terminal either', () => {
  expect(paint([span('a\x1b]2;owned\x07b\x9b2J\nc')], themes.dark, 'unicode', pen)).toBe('a·b·⏎c');
});
