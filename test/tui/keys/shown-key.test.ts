import {expect, test} from 'vitest';
import {bindings, inAsciiKeys} from '../../../src/tui/keys/bindings.ts';
import {asciiKeys} from '../../../src/tui/keys/shown-key.ts';

test.each([
  ['x', 'x'],
  ['↵', 'enter'],
  ['k ↑', 'k'],
  ['j k ↑ ↓', 'j k'],
  ['↑', 'up'],
  ['tab ⇧tab', 'tab'],
  ['⇧tab', 'S-tab'],
  ['⌃d ⌃u', '⌃d ⌃u'],
])('%s is %s', (shown, ascii) => {
  expect(asciiKeys(shown)).toBe(ascii);
});

test('in ASCII no sign of a key is drawn as another key', () => {
  for (const {shown, helpKeys = ''} of inAsciiKeys(bindings)) expect(shown + helpKeys).toMatch(/^[\x20-\x7e⌃]*$/);
});
