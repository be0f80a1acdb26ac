/** What somebody could put into a log line, a header or an item to reach the terminal it is read in, by family. */
export const attacks: Readonly<Record<string, string>> = {
  cursor: '\x1b[1;1H\x1b[5A\x1b[10C\x1b[s\x1b[u\x1b[6n',
  erase: '\x1b[2J\x1b[3J\x1b[K\x1b[10M',
  modes: '\x1b[?1049l\x1b[?25h\x1b[?1000h\x1b[?2004l\x1b[4h\x1b[!p',
  reset: '\x1bc\x1b7\x1b8\x1bM\x1b(0',
  title: '\x1b]0;owned\x07\x1b]2;owned\x1b\\\x1b]1;owned\x07',
  clipboard: '\x1b]52;c;b3duZWQ=\x07',
  link: '\x1b]8;;http://owned.example\x1b\\click\x1b]8;;\x1b\\',
  color: '\x1b]4;1;#000000\x07\x1b]11;#ffffff\x07\x1b[31m\x1b[7m',
  unended: '\x1b]2;owned',
  device: '\x1bP1$r0m\x1b\\\x1bPq#0;2;0;0;0~~\x1b\\',
  strings: '\x1b_Gf=24;owned\x1b\\\x1b^owned\x1b\\\x1bXowned\x1b\\',
  eightBit: '\x9b2J\x9d2;owned\x9c\x90q\x9c\x98owned\x9c\x85\x84\x8d',
  single: 'a\x07b\x08\x08\x08c\rd\x00e\x0bf\x0cg\x0eh\x0fi\x7fj',
  lines: 'a\nb\r\nc\u2028d\u2029e\tf',
  direction: '\u202egnp.exe\u202c\u2066x\u2069\u200f\u061c',
  invisible: '\u200b\ufeff\u2060\u00ad\u{e0041}\u{e007f}\ufff9x\ufffb',
  surrogates: '\ud800x\udc00',
  joined: '👩‍👩‍👧 🇩🇪 ❤️ 👍🏽 é̂̃ 日本語 ｱ',
};

/** One text with all of them. */
export const everyAttack = Object.values(attacks).join('|');

/** The same value with every string in it turned hostile, but for the members that say what it is. */
export function hostile<T>(value: T, attack: string, kept: ReadonlySet<string>, member = ''): T {
  if (typeof value === 'string') return (kept.has(member) ? value : `${value.slice(0, 3)}${attack}${value}`) as T;
  if (Array.isArray(value)) return value.map(one => hostile(one, attack, kept, member)) as T;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Map) {
    return new Map([...value].map(([name, one]) => [hostile(name, attack, kept), hostile(one, attack, kept)])) as T;
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hostile(one, attack, kept, name)])) as T;
}
