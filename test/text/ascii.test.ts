import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {glyphsOf, inGlyphs} from '../../src/text/ascii.ts';
import {cellWidth} from '../../src/text/cells.ts';

const source = new URL('../../src/', import.meta.url);

/** Rooms whose texts are shown, but for the files whose glyphs are looked for in others' texts and never shown. */
const drawn = ['tui', 'cli', 'operate', 'provision', 'aws', 'lifecycle', 'text'];
const notDrawn = ['text/ascii.ts'];

const files = readdirSync(source, {recursive: true, encoding: 'utf8'})
  .filter(file => /\.tsx?$/.test(file) && drawn.includes(file.split('/')[0]!))
  .filter(file => !notDrawn.includes(file));

test('every glyph in the source has one ASCII character of one cell', () => {
  const missing = new Map<string, string>();
  for (const file of files) {
    const text = readFileSync(new URL(file, source), 'utf8');
    for (const [glyph] of text.matchAll(/[^\x00-\x7f]/gu)) {
      const shown = inGlyphs(glyph, 'ascii');
      if (!/^[\x20-\x7e]$/.test(shown) || cellWidth(glyph) !== 1) missing.set(glyph, file);
    }
  }
  expect([...missing]).toEqual([]);
});

test.each([
  ['unicode', 'λ 3 idle · naïve 日本 🇩🇪…', 'λ 3 idle · naïve 日本 🇩🇪…'],
  ['ascii', 'λ 3 idle · naïve 日本 🇩🇪…', 'L 3 idle . naïve 日本 🇩🇪~'],
  ['ascii-only', 'λ 3 idle · naïve 日本 🇩🇪…', 'L 3 idle . na?ve ???? ??~'],
  ['ascii-only', 'e\u0301 ▸ plain', '? > plain'],
] as const)('%s: %s', (kind, text, expected) => {
  expect(inGlyphs(text, kind)).toBe(expected);
  expect(cellWidth(inGlyphs(text, kind))).toBe(cellWidth(text));
});

test.each([
  [{LANG: 'en_US.UTF-8'}, false, 'unicode'],
  [{LANG: 'en_US.utf8', TERM: 'xterm'}, false, 'unicode'],
  [{}, false, 'unicode'],
  [{}, true, 'ascii'],
  [{LANG: 'C.UTF-8', TERM: 'linux'}, false, 'ascii'],
  [{LANG: 'C'}, false, 'ascii-only'],
  [{LANG: 'en_US.UTF-8', LC_ALL: 'POSIX'}, false, 'ascii-only'],
  [{LANG: 'en_US.UTF-8', LC_CTYPE: 'de_DE.ISO-8859-1'}, true, 'ascii-only'],
  [{LANG: 'C', LC_ALL: '', LC_CTYPE: 'C.UTF-8'}, false, 'unicode'],
] as const)('%o with ascii %s: %s', (environment, ascii, expected) => {
  expect(glyphsOf(environment, ascii)).toBe(expected);
});
