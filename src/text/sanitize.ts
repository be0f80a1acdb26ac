/** Stands where something was taken out. */
const marker = '·';

/** Colours and weights only: harmless, and common in log lines, so they go without a mark. */
const styling = /(?:\x1b\[|\x9b)[0-9;:]*m/g;

/**
 * Everything else a terminal would act on, longest forms first: strings (OSC, DCS, APC, PM, SOS, unterminated ones
 * to the end of their line), CSI, two-character escapes, lone C0 and C1, line separators, direction overrides,
 * invisible characters and tag characters. ZWJ and ZWNJ stay: emoji and scripts need them.
 */
const hostile = new RegExp(
  [
    '(?:\\x1b[\\]PX^_]|[\\x90\\x98\\x9d-\\x9f])[^\\n\\x07\\x9c\\x1b]*(?:\\x07|\\x9c|\\x1b\\\\)?',
    '(?:\\x1b\\[|\\x9b)[0-?]*[ -/]*[@-~]?',
    '\\x1b[ -/]*[0-~]?',
    '[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f]',
    '[\\u061c\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff\\ufff9-\\ufffb]',
    '[\\u{e0000}-\\u{e007f}]',
  ].join('|'),
  'gu',
);

/** True for most text: then nothing has to be looked for. */
const harmless = /^[\n\t\x20-\x7e]*$/;

/** Makes text safe to print: no control sequence, no control character but newline and tab, no direction override. */
export function sanitize(text: string): string {
  if (harmless.test(text)) return text;
  return text
    .replaceAll('\r\n', '\n')
    .replace(styling, '')
    .replace(hostile, marker)
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** The same on one line: newlines show as `⏎`, tabs become two spaces, trailing white space goes. */
export function sanitizeLine(text: string): string {
  return sanitize(text.trimEnd()).replaceAll('\n', '⏎').replaceAll('\t', '  ');
}
