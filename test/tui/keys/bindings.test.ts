import {expect, test} from 'vitest';
import {bindings} from '../../../src/tui/keys/bindings.ts';
import {keyNames} from '../../../src/tui/keys/key-names.ts';
import {createApp} from '../../../src/tui/state/app.ts';
import {openDashboard} from '../../../src/tui/state/dashboard/dashboard-open.ts';
import {fakeBackend} from '../../support/fake-backend.ts';
import {fakeSession, frameTime} from '../../support/fake-session.ts';
import {noOutside} from '../../support/no-outside.ts';

test.each([
  ['a', {}, ['a']],
  ['abc', {}, ['a', 'b', 'c']],
  ['j\r', {}, ['j', 'enter']],
  [' ', {}, ['space']],
  ['', {return: true}, ['enter']],
  ['', {tab: true, shift: true}, ['shift+tab']],
  ['c', {ctrl: true}, ['ctrl+c']],
  ['', {pageDown: true}, ['pagedown']],
])('%j with %j is %j', (input, key, names) => {
  expect(keyNames(input, key)).toEqual(names);
});

test('on no screen do two bindings share a key', async () => {
  const backend = fakeBackend();
  const app = createApp({
    backend,
    stack: 'default',
    readOnly: false,
    theme: 'mono',
    size: {columns: 120, rows: 40},
    clock: () => frameTime,
    ...noOutside,
  });
  const {store} = app;
  const stack = {
    ...(await backend.connect({kind: 'endpoint', url: 'http://127.0.0.1:1'})),
    openSession: async () => fakeSession(),
  };
  const context = {store, backend, clock: () => frameTime, ...noOutside, leaving: () => false};
  await openDashboard(context, stack, 'http://127.0.0.1:1/');
  for (const screen of ['menu', 'dashboard', 'progress', 'stopping'] as const) {
    const keys = bindings.filter(one => one.when({...store.get(), screen})).flatMap(one => one.keys);
    expect(new Set(keys).size, `${screen}: ${keys.join(' ')}`).toBe(keys.length);
  }
  store.close();
});

test('each binding has an id of its own and says what it does', () => {
  expect(new Set(bindings.map(({id}) => id)).size).toBe(bindings.length);
  for (const {help, label, shown} of bindings) {
    expect(shown).not.toBe('');
    expect(label).not.toBe('');
    expect(help).not.toBe('');
  }
});
