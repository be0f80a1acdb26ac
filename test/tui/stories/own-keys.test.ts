import {afterEach, expect, test} from 'vitest';
import {bindings} from '../../../src/tui/keys/bindings.ts';
import {rebind} from '../../../src/tui/keys/rebind.ts';
import {fakeBackend} from '../../support/fake-backend.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

let open: Driver | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

test('keys of the user’s own work, and footer and help show them', async () => {
  const backend = fakeBackend();
  open = await openApp(backend, {bindings: rebind(bindings, {shutdown: ['K', 'ctrl+k'], fire: ['x']})});
  await open.press('\r');
  await open.see('1 Environments');
  const {session} = backend.stacks.get('http://127.0.0.1:4566')!;
  open.app.store.set({toast: undefined});
  await open.see(/ x invoke .* K ⌃k force SHUTDOWN/);
  await open.press('i');
  expect(session.orders).toEqual([]);
  await open.press('x');
  expect(session.orders).toEqual([expect.stringMatching(/^fire 1/)]);
  await open.press('K');
  await open.see(/gone|No environment/);
  expect(session.orders.at(-1)).toMatch(/^shutdown update/);
  await open.press('?');
  await open.see(/K ⌃k +SHUTDOWN all/);
});
