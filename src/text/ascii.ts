import {cellWidth} from './cells.ts';

/** Every glyph the app draws with, and the one ASCII character that stands for it; both take one cell. */
const glyphs: Readonly<Record<string, string>> = {
  // Borders, bars and the timeline.
  ...each('─┄╌╴╶', '-'),
  ...each('━╍╸╺', '='),
  ...each('┅┈┉', ':'),
  ...each('│┃┆┇┊┋▏▕╵', '|'),
  ...each('╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋', '+'),
  ...each('█', '#'),
  ...each('▒░▓', '%'),
  // Eight heights of a sparkline.
  '▁': '_',
  '▂': '.',
  '▃': ',',
  '▄': '-',
  '▅': '=',
  '▆': '+',
  '▇': '*',
  // Marks and states.
  '▸': '>',
  '▶': '>',
  '●': '*',
  '○': 'o',
  '◌': '~',
  '◍': '*',
  '✕': 'x',
  '✗': 'x',
  '×': '*',
  '✓': 'v',
  '✔': 'v',
  '▢': '.',
  '▣': '#',
  '▤': '=',
  '▪': '*',
  '■': '#',
  '□': '.',
  '▲': '^',
  '▼': 'v',
  '△': '^',
  '▽': 'v',
  '◆': '*',
  '◇': 'o',
  '⚠': '!',
  '‖': '|',
  // Keys and arrows.
  '⇧': '^',
  '⌃': '^',
  '⌥': '~',
  '↵': '<',
  '⏎': '/',
  '←': '<',
  '→': '>',
  '↑': '^',
  '⇡': '^',
  '↓': 'v',
  '↔': '-',
  '↕': '|',
  '⇄': '=',
  '↩': '<',
  '↺': '@',
  '↻': '@',
  // Punctuation.
  '·': '.',
  '•': '*',
  '…': '~',
  '–': '-',
  '—': '-',
  '−': '-',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '±': '~',
  '≈': '~',
  '≤': '<',
  '≥': '>',
  λ: 'L',
  µ: 'u',
  // A spinner that turns.
  ...Object.fromEntries([...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'].map((glyph, index) => [glyph, '|/-\\'[index % 4]!])),
};

function each(from: string, to: string): Record<string, string> {
  return Object.fromEntries([...from].map(glyph => [glyph, to]));
}

/**
 * What a terminal can show: everything; ASCII for what the app draws and the rest as it is; or ASCII only, where a byte
 * of anything else would be shown as rubbish.
 */
export type Glyphs = 'unicode' | 'ascii' | 'ascii-only';

const plain = /^[\x00-\x7f]*$/;
let graphemes: Intl.Segmenter | undefined;

/** The text in the glyphs of this terminal, cell by cell. */
export function inGlyphs(text: string, kind: Glyphs): string {
  if (kind === 'unicode' || plain.test(text)) return text;
  graphemes ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  return Array.from(graphemes.segment(text), ({segment}) => {
    if (plain.test(segment)) return segment;
    return glyphs[segment] ?? (kind === 'ascii' ? segment : '?'.repeat(cellWidth(segment)));
  }).join('');
}

/**
 * The glyphs of a terminal by its variables. A locale that names another character set than UTF-8 is believed; one
 * that is not set says nothing, as in most containers, and terminals of today take UTF-8.
 */
export function glyphsOf(environment: Readonly<Record<string, string | undefined>>, ascii: boolean): Glyphs {
  const {LC_ALL, LC_CTYPE, LANG, TERM} = environment;
  const locale = LC_ALL || LC_CTYPE || LANG || '';
  if (locale !== '' && !/utf-?8/i.test(locale)) return 'ascii-only';
  // The Linux console has a font of 256 glyphs.
  return ascii || TERM === 'linux' ? 'ascii' : 'unicode';
}
