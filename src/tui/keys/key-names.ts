/** The keys in one piece of input: fast typing arrives as a chunk, in which a control character is a key of its own. */
export function keyNames(input: string, key: Partial<Record<string, unknown>>): string[] {
  const name = keyName(input, key);
  if (name !== input || input === 'space') return [name];
  return [...input].map(character => controlNames[character] ?? character);
}

const controlNames: Readonly<Record<string, string>> = {
  ' ': 'space',
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x1b': 'esc',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x03': 'ctrl+c',
  '\x15': 'ctrl+u',
};

/** Ink's view of a key as one name: `enter`, `esc`, `shift+tab`, `ctrl+d`, `pageup`, or the character. */
function keyName(input: string, key: Partial<Record<string, unknown>>): string {
  for (const [flag, name] of specialKeys)
    if (key[flag] === true) return name === 'tab' && key.shift ? 'shift+tab' : name;
  if (key.ctrl === true) return `ctrl+${input}`;
  return input === ' ' ? 'space' : input;
}

const specialKeys = [
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
] as const;
