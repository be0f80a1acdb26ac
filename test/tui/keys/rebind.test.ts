import {expect, test} from 'vitest';
import type {Binding} from '../../../src/tui/keys/binding.ts';
import {rebind} from '../../../src/tui/keys/rebind.ts';

const binding = (id: string, keys: string[], helpKeys?: string): Binding => ({
  ...{id, keys, shown: keys[0]!, label: id, group: 'ANYWHERE', when: () => true},
  ...(helpKeys !== undefined && {helpKeys}),
});

const some = [
  binding('up', ['up', 'k'], 'j k ↑ ↓'),
  binding('shutdown', ['x']),
  binding('fire', ['i']),
  binding('pageDown', ['ctrl+d', 'pagedown']),
];
const keysOf = (bindings: readonly Binding[]) =>
  Object.fromEntries(bindings.map(({id, keys, shown}) => [id, `${keys.join(' ')} | ${shown}`]));

test.each([
  ['another key', {shutdown: ['K']}, {shutdown: 'K | K'}],
  ['several', {shutdown: ['K', 'ctrl+k', 'enter']}, {shutdown: 'K ctrl+k enter | K ⌃k ↵'}],
  ['one that another has is taken from it', {shutdown: ['k']}, {shutdown: 'k | k', up: 'up | ↑'}],
  ['an exchange', {shutdown: ['i'], fire: ['x']}, {shutdown: 'i | i', fire: 'x | x'}],
  ['no key at all', {shutdown: []}, {shutdown: ' | '}],
  ['nothing', {}, {}],
])('%s', (_, keys, changed) => {
  expect(keysOf(rebind(some, keys))).toEqual({...keysOf(some), ...changed});
});

test('what help says of several keys at once goes when one of them goes', () => {
  const [up] = rebind(some, {shutdown: ['k']});
  expect(up).not.toHaveProperty('helpKeys');
});

test.each([
  [{shut: ['x']}, 'There is no "shut" to give a key to.'],
  [{shutdown: ['xx']}, '"xx" is no name of a key.'],
  [{shutdown: ['ctrl+C']}, '"ctrl+C" is no name of a key.'],
  [{shutdown: ['\x1b']}, '"\x1b" is no name of a key.'],
  [{shutdown: ['']}, '"" is no name of a key.'],
  [{shutdown: ['ctrl+c']}, 'ctrl+c always ends what runs, then the app.'],
  [{shutdown: ['j'], fire: ['j']}, '"j" is given to both "shutdown" and "fire".'],
])('%j: %s', (keys, said) => {
  expect(() => rebind(some, keys)).toThrow(said);
});
