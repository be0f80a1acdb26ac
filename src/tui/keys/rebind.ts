import type {Binding} from './binding.ts';
import {nameOf} from './commands.ts';
import {shownKey} from './shown-key.ts';

const special = new Set([
  ...['enter', 'esc', 'tab', 'shift+tab', 'space', 'backspace', 'delete'],
  ...['up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end'],
]);

/** Ctrl-C ends the app whatever else is set. */
const fixed = 'ctrl+c';

export class RebindError extends Error {}

/**
 * The bindings with other keys for some of them, by the names that the command palette shows. A key that is given to one is taken from all others, so that it
 * does what the user said everywhere; one that has no key left is still in the command palette. Throws a RebindError that
 * says what is wrong.
 */
export function rebind(bindings: readonly Binding[], keys: Readonly<Record<string, readonly string[]>>): Binding[] {
  const owners = new Map<string, string>();
  for (const [name, own] of Object.entries(keys)) {
    if (!bindings.some(binding => nameOf(binding) === name)) {
      throw new RebindError(`There is no "${name}" to give a key to.`);
    }
    for (const key of own) {
      if (!isKey(key)) throw new RebindError(`"${key}" is no name of a key.`);
      if (key === fixed) throw new RebindError('ctrl+c always ends what runs, then the app.');
      const other = owners.get(key);
      if (other !== undefined) throw new RebindError(`"${key}" is given to both "${other}" and "${name}".`);
      owners.set(key, name);
    }
  }
  return bindings.map(binding => {
    const own = keys[nameOf(binding)];
    if (own) return withKeys(binding, own);
    const left = binding.keys.filter(key => !owners.has(key));
    return left.length === binding.keys.length ? binding : withKeys(binding, left);
  });
}

/** One printable character, a special key, or a letter with ctrl. */
function isKey(key: string): boolean {
  return special.has(key) || /^[\x21-\x7e]$/.test(key) || /^ctrl\+[a-z]$/.test(key);
}

function withKeys({helpKeys: _, ...binding}: Binding, keys: readonly string[]): Binding {
  return {...binding, keys, shown: keys.map(shownKey).join(' ')};
}
