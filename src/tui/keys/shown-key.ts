const signs: Readonly<Record<string, string>> = {
  ...{enter: '↵', 'shift+tab': '⇧tab', pageup: 'pgup', pagedown: 'pgdn'},
  ...{up: '↑', down: '↓', left: '←', right: '→'},
};

/** A key's name as the screen writes it: `ctrl+d` as `⌃d`, `enter` as `↵`. */
export const shownKey = (key: string): string => signs[key] ?? key.replace(/^ctrl\+/, '⌃');

const words: Readonly<Record<string, string>> = {
  ...{'↵': 'enter', '⇧tab': 'S-tab', '↑': 'up', '↓': 'down', '←': 'left', '→': 'right'},
};

/**
 * The keys of an entry as they are written where there is only ASCII: no arrow or sign is stood for by a character that
 * is a key itself. What another key does as well is left to that one.
 */
export function asciiKeys(shown: string): string {
  const keys = shown.split(' ');
  const plain = keys.filter(key => !words[key]);
  return (plain.length > 0 ? plain : keys.map(key => words[key] ?? key)).join(' ');
}
