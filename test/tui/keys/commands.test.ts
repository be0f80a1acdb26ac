import {describe, expect, test} from 'vitest';
import {bindings} from '../../../src/tui/keys/bindings.ts';
import {noSuggestion, suggestions} from '../../../src/tui/keys/commands.ts';
import {someAppState} from '../../support/some-app-state.ts';

const state = someAppState({});
const texts = (typed: string) => suggestions(state, typed).map(({text}) => text);

test('lists every binding, each by a name of its own, what means something here first', () => {
  const all = suggestions(state, '');
  expect(all.length).toBe(bindings.length - 1);
  expect(new Set(all.map(({text}) => text)).size).toBe(all.length);
  for (const {text, words} of all) {
    expect(text).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(words).not.toBe('');
  }
  const firstOff = all.findIndex(({off}) => off !== undefined);
  expect(all.slice(firstOff).every(({off}) => off !== undefined)).toBe(true);
});

test.each([
  ['theme', 'theme'],
  ['them', 'theme'],
  ['copy-url', 'copy-url'],
  ['cu', 'copy-url'],
  ['help', 'help'],
  ['tear', 'teardown'],
  ['colour', 'theme'],
])('%j finds %s first', (typed, first) => {
  expect(texts(typed)[0]).toBe(first);
});

test.each([
  ['theme ', ['theme dark', 'theme light', 'theme high-contrast', 'theme mono']],
  ['theme l', ['theme light']],
  ['theme x', []],
  ['filter ', ['filter']],
  ['filter !error', ['filter !error']],
  ['filter a b', ['filter a b']],
  ['rate ', ['rate']],
  ['rate 7', ['rate 7']],
  ['shutdown ', ['shutdown update', 'shutdown timeout', 'shutdown crash']],
  ['order ', ['order age', 'order next to go', 'order runs', 'order idle longest']],
  ['order next to', ['order next to go']],
  ['source t', ['source both', 'source target', 'source authorizer']],
  ['source tar', ['source target']],
  ['timeline 5', ['timeline 5m', 'timeline 15m']],
  ['save ', ['save']],
  ['zoom ', ['zoom']],
  ['zoom in', []],
])('%j offers %j', (typed, offered) => {
  expect(texts(typed)).toEqual(offered);
});

describe('where nothing fits', () => {
  test.each([
    ['thme', 'There is no command "thme"', 'theme'],
    ['frobnicate', 'There is no command "frobnicate"', undefined],
    ['theme pink', 'theme takes dark, light, high-contrast, mono', undefined],
    ['order size', 'order takes age, next to go, runs, idle longest', undefined],
    ['timeline 7m', 'timeline takes 30s, 1m, 2m, 5m, 10m, 15m, 30m', undefined],
    ['zoom in', 'zoom takes nothing more', undefined],
  ])('%j', (typed, words, meant) => {
    expect(noSuggestion(state, typed)).toEqual({words, ...(meant !== undefined && {meant})});
  });
});

test('what is off says why, and what means nothing here says that', () => {
  const reading = suggestions(someAppState({readOnly: true}), '');
  expect(reading.find(({text}) => text === 'fire')?.off).toContain('--read-only');
  expect(reading.find(({text}) => text === 'rescan')?.off).toBe('not here');
});
