import {expect, test} from 'vitest';
import {down, enter, escapeKey, up} from '../../support/keys.ts';
import {openDashboard, without} from '../../support/open-app.ts';

test(': finds a command as its name is typed, and enter runs it', async () => {
  const {app, session} = await openDashboard();
  await app.press(':');
  await app.see('Commands');
  await app.press('fire');
  await app.see('▸ fire');
  await app.press(enter);
  await app.see(without('Commands'));
  expect(session.orders).toEqual(['fire 1 at 1 sleeping 0']);
});

test('typed letters are no keys, arrows choose, and escape runs nothing', async () => {
  const {app, session} = await openDashboard();
  await app.press(':ib');
  await app.press(escapeKey);
  await app.see(without('Commands'));
  await app.press(':pane');
  await app.see('▸ pane1');
  await app.press(down);
  await app.see('▸ pane2');
  await app.press(down);
  await app.press(up);
  await app.press(enter);
  await app.see('┏━ 2 Requests');
  expect(session.orders).toEqual([]);
});

test('an argument is completed by tab, and one that does not fit is refused with what would', async () => {
  const {app} = await openDashboard();
  await app.press(':them\t');
  await app.see('theme light');
  await app.press('li\t');
  await app.see(': theme light▏');
  await app.press(enter);
  await app.see('Theme: light');
  await app.press(':theme pink');
  await app.see('theme takes dark, light, high-contrast, mono');
  await app.press(enter);
  await app.see('✕ theme takes');
  expect(app.app.store.get().theme).toBe('light');
});

test(':filter narrows the focused pane', async () => {
  const {app} = await openDashboard();
  await app.press('4:filter spindown\r');
  await app.see('1 of 8 lines');
  await app.press(':filter !spindown\r');
  await app.see('7 of 8 lines');
});

test(':burst, :rate and :shutdown take how many, how fast and which way', async () => {
  const {app, session} = await openDashboard();
  await app.press(':burst 12\r');
  await app.press(':rate 7\r');
  await app.see('7/s');
  await app.press(':rate 0\r');
  await app.press(':shutdown timeout\r');
  await app.press(':burst 41');
  await app.press(enter);
  await app.see('✕ burst 41: takes a whole number from 1 to 40');
  expect(session.orders[0]).toBe('fire 12 at 12 sleeping 1000');
  expect(session.orders[1]).toContain('7');
  expect(session.orders.at(-1)).toBe('shutdown timeout');
});

test(':order, :timeline, :source and :save take what their keys go through, and a name', async () => {
  const {app} = await openDashboard();
  const {store} = app.app;
  await app.press(':order next to go\r');
  await app.see('by next to go');
  await app.press(':timeline 5m\r');
  expect(store.get().dashboard?.timelineMs).toBe(300_000);
  await app.press(':timeline\r');
  expect(store.get().dashboard).not.toHaveProperty('timelineMs');
  await app.press(':source authorizer\r');
  await app.see('Logs: authorizer only.');
  await app.press(':source both\r');
  await app.press('4:save found.log\r');
  await app.see('to ./found.log');
  await app.press(':save rows\r');
  await app.see('to ./rows.txt');
  await app.press(':save ../rows\r');
  await app.see('✕ save ../rows: takes the name of a file, without a folder');
  expect(app.saved.map(({name, extension}) => `${name}.${extension}`)).toEqual(['found.log', 'rows.txt']);
});

test(':plan fills the plan, which then is started or not', async () => {
  const {app, session} = await openDashboard();
  await app.press(':plan 30 3 1.5s\r');
  await app.see('Plan of requests');
  expect(app.app.store.get().overlay).toMatchObject({plan: {count: '30', concurrency: '3', sleepMs: '1500'}});
  expect(session.orders).toEqual([]);
  await app.press(enter);
  await app.see(without('Plan of requests'));
  expect(session.orders[0]).toBe('fire 30 at 3 sleeping 1500');
});

test('more at once than the way of the plan allows is said where it is typed', async () => {
  const {app} = await openDashboard();
  await app.press(':plan 100 50\r');
  await app.see('✕ must be 1 to 40');
});

test('up recalls what was run, down goes back to an empty line', async () => {
  const {app} = await openDashboard();
  await app.press(':theme mono\r');
  await app.see('Theme: mono');
  await app.press(':zoom\r');
  await app.press(':');
  await app.press(up);
  await app.see(': zoom▏');
  await app.press(up);
  await app.see(': theme mono▏');
  await app.press(up);
  await app.see(': theme mono▏');
  await app.press(down);
  await app.see(': zoom▏');
  await app.press(down);
  await app.see(': ▏');
});

test('what is unknown names the nearest, which tab takes', async () => {
  const {app} = await openDashboard();
  await app.press(':thmee');
  await app.see('There is no command "thmee" · did you mean theme?');
  await app.press(enter);
  await app.see('✕ There is no command');
  await app.press('\t');
  await app.see(': theme▏');
});

test('what is off says why and is not run', async () => {
  const {app, session} = await openDashboard();
  app.app.store.set({readOnly: true});
  await app.press(':fire\r');
  await app.see('✕ fire: off: started with --read-only');
  await app.press('\x15:rescan\r'.replace(':', ''));
  await app.see('✕ rescan: not here');
  expect(session.orders).toEqual([]);
});

test('pasted text is typed into it, and runs nothing by itself', async () => {
  const {app} = await openDashboard();
  await app.press(':');
  await app.press('\x1b[200~theme light\r\x1b[201~');
  await app.see(': theme light');
  expect(app.app.store.get().theme).toBe('dark');
});

test('backspace on an empty line leaves', async () => {
  const {app} = await openDashboard();
  await app.press(':');
  await app.see('Commands');
  await app.press('\x7f');
  await app.see(without('Commands'));
});

test('@ lists the calls of the deployment and the session, moves, follows and shows one in full', async () => {
  const {app} = await openDashboard();
  await app.press('@');
  await app.see('▸12:04:28.6');
  await app.press('g');
  await app.see('▸12:04:20.2');
  await app.press(enter);
  const call = await app.see('"operation": "CreateRole"');
  expect(call).toContain('"step": "role"');
  await app.press('y');
  await app.press('c');
  await app.see('Copied the aws command');
  expect(app.copied).toEqual([
    expect.stringContaining('"operation": "CreateRole"'),
    'aws iam create-role --role-name lambda-shutdown-demo-role --region us-east-1 --endpoint-url http://127.0.0.1:4566',
  ]);
  await app.press('x');
  await app.see('f follows');
  await app.press('f');
  await app.see('▼ follow');
  await app.press('c');
  await app.see('Copied the aws command, without its --code');
  await app.press('@');
  await app.see(without('API calls'));
});
