import {expect, test} from 'vitest';
import {bindings} from '../../../src/tui/keys/bindings.ts';
import {rebind} from '../../../src/tui/keys/rebind.ts';
import {openDashboard} from '../../support/open-app.ts';

test('keys of the user’s own work, and footer and help show them', async () => {
  const own = rebind(bindings, {shutdown: ['K', 'ctrl+k'], fire: ['x']});
  const {app, session} = await openDashboard({bindings: own});
  await app.see(/ x invoke .* K ⌃k force SHUTDOWN/);
  await app.see('K ⌃k force SHUTDOWN of all');
  await app.press('i');
  expect(session.orders).toEqual([]);
  await app.press('x');
  expect(session.orders).toEqual([expect.stringMatching(/^fire 1/)]);
  await app.press('K');
  await app.see(/gone|No environment/);
  expect(session.orders.at(-1)).toMatch(/^shutdown update/);
  await app.press('?');
  await app.see(/K ⌃k +SHUTDOWN all/);
});

test('a pane offers no key that is off', async () => {
  const {app, session} = await openDashboard();
  session.change({requests: [], environments: {...session.getState().environments, list: []}});
  await app.see('nothing sent yet: i sends one, b a burst');
  app.app.store.set({toast: undefined, readOnly: true});
  app.app.store.flush();
  const frame = await app.see(/nothing sent yet +│/);
  expect(frame).toMatch(/no environment yet +┃/);
  expect(frame).not.toContain('of all');
});
