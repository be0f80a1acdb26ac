import {expect, test} from 'vitest';
import {safeJson} from '../../src/text/safe-json.ts';
import {sanitize, sanitizeLine} from '../../src/text/sanitize.ts';

test.each([
  ['plain text', 'START RequestId: 1 Version: $LATEST', 'START RequestId: 1 Version: $LATEST'],
  ['newline and tab', 'a\tb\nc', 'a\tb\nc'],
  ['styling goes unmarked', '\x1b[1;32mINFO\x1b[0m x', 'INFO x'],
  ['cursor movement', 'a\x1b[2Jb\x1b[10;5Hc', 'a·b·c'],
  ['clipboard write', 'x\x1b]52;c;cm0gLXJm\x07y', 'x·y'],
  ['link', '\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\', '·text·'],
  ['unterminated title keeps the next line', 'a\x1b]0;title\nb', 'a·\nb'],
  ['device control string', 'a\x1bP+q\x1b\\b', 'a·b'],
  ['8-bit CSI and OSC', 'a\x9b2Jb\x9d0;t\x9cc', 'a·b·c'],
  ['lone escape at the end', 'a\x1b', 'a·'],
  ['truncated CSI', 'a\x1b[12', 'a·'],
  ['bell, backspace, delete', 'a\x07b\x08c\x7fd', 'a·b·c·d'],
  ['carriage return rewrites a line', 'good\rbad', 'good·bad'],
  ['windows line ends', 'a\r\nb', 'a\nb'],
  ['direction override', 'a\u202etxt.exe', 'a·txt.exe'],
  ['isolates and zero width', 'a\u2066b\u200bc\ufeff', 'a·b·c·'],
  ['tag characters', 'a\u{e0041}b', 'a·b'],
  ['emoji with joiners stay', '👩‍👩‍👧 日本', '👩‍👩‍👧 日本'],
  ['lone surrogate', 'a\ud800b', 'a\ufffdb'],
])('sanitize: %s', (_, text, expected) => {
  expect(sanitize(text)).toBe(expected);
});

test('a line stays one line', () => {
  expect(sanitizeLine('a\tb\nc\n')).toBe('a  b⏎c');
});

test('nothing a terminal acts on survives random bytes', () => {
  const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 1_000_000);
  console.log(`LIFECYCLE_SEED=${seed}`);
  let state = seed;
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state;
  };
  const pool = [
    '\x1b',
    '[',
    ']',
    'P',
    '\x9b',
    '\x07',
    '\\',
    '\x9c',
    '0',
    ';',
    'm',
    'H',
    '\n',
    'é',
    '\u202e',
    'x',
    '\r',
  ];
  for (let round = 0; round < 5_000; round += 1) {
    const text = Array.from({length: 1 + (next() % 24)}, () => pool[next() % pool.length]).join('');
    expect(sanitize(text), JSON.stringify(text)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(safeJson(text), JSON.stringify(text)).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
    expect(JSON.parse(safeJson(text))).toBe(text);
  }
});
