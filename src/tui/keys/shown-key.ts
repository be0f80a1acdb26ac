const signs: Readonly<Record<string, string>> = {
  ...{enter: '↵', 'shift+tab': '⇧tab', pageup: 'pgup', pagedown: 'pgdn'},
  ...{up: '↑', down: '↓', left: '←', right: '→'},
};

/** A key's name as the screen writes it: `ctrl+d` as `⌃d`, `enter` as `↵`. */
export const shownKey = (key: string): string => signs[key] ?? key.replace(/^ctrl\+/, '⌃');
