import {afterEach, describe, test} from 'vitest';
import {fakeBackend} from '../../support/fake-backend.ts';
import {ids, someEvent, someState} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard, quiet} from '../../support/open-dashboard.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

const sizes = [
  {columns: 120, rows: 40},
  {columns: 80, rows: 24},
];
const enter = '\r';
const refused = 'Reading the log group /aws/lambda/lambda-target-demo failed: connect ECONNREFUSED 127.0.0.1:4566';

let open: Driver | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

describe.each(sizes)('at $columns x $rows', size => {
  const name = `${size.columns}x${size.rows}`;

  test('reads that fail', async () => {
    const {app, session} = await openDashboard(size);
    open = app;
    session.change({live: false, problem: refused});
    app.app.store.flush();
    await golden(`dashboard-stale-${name}`, app);
  });

  test('an embedded AWS that has ended', async () => {
    const backend = fakeBackend();
    let die = () => {};
    backend.local.exited = new Promise(resolve => {
      die = resolve;
    });
    open = await openApp(backend, size);
    await open.press(enter);
    await open.see('1 Environments');
    die();
    await open.see('The embedded AWS has ended');
    backend.stacks.get('http://127.0.0.1:4566')!.session.change({live: false, problem: refused});
    open.app.store.flush();
    await golden(`dashboard-ended-${name}`, open);
  });

  test('a recording that is off, in help', async () => {
    const {app} = await openDashboard(size);
    open = app;
    await app.press('?');
    const recordedIn = {folder: '/home/dev/.local/state/lifecycle-tui/2026-11-20T12-00-00Z', off: 'the disk is full'};
    app.app.store.set({recordedIn});
    app.app.store.flush();
    await golden(`help-unrecorded-${name}`, app);
  });

  test('an app that ends, its environments first', async () => {
    const backend = fakeBackend();
    backend.local.stop = () => new Promise(() => {});
    open = await openApp(backend, size);
    await open.press(enter);
    await open.see('1 Environments');
    await open.press('\x03');
    await open.see('stopping the embedded AWS');
    await golden(`stopping-${name}`, open);
    open.app.leave(0);
  });

  test('a plan of requests', async () => {
    const {app} = await openDashboard(size);
    open = app;
    await app.press('B');
    quiet(app);
    await golden(`plan-${name}`, app);
  });

  test('no call yet', async () => {
    const {app} = await openDashboard(size);
    open = app;
    app.app.store.set({progress: undefined});
    await app.press('@');
    await golden(`api-calls-empty-${name}`, app);
  });

  test.each<[string, string[]]>([
    ['events', ['3']],
    ['events-scrolled', ['3', 'jjj']],
    ['events-filtered', ['3z', '/', 'SHUTDOWN', enter]],
    ['events-inverted', ['3z', '/', 'INVOKE', enter, '!']],
    ['events-filtered-to-nothing', ['3z', '/', 'timeout', enter]],
    ['events-zoomed', ['3z']],
    ['events-empty', ['3z']],
    ['events-unreadable', ['3z']],
  ])('%s', async (what, keys) => {
    const {app, session} = await openDashboard(size);
    open = app;
    if (what === 'events-empty') session.change({events: []});
    else if (what === 'events-unreadable') session.change({events: [], live: false, problem: refused});
    else session.change({events: [...someState().events, someEvent(11, {environmentId: ids[1], late: true})]});
    for (const key of keys) await app.press(key);
    if (what === 'events-scrolled') {
      const {events} = app.app.store.get().dashboard!.data;
      session.change({events: [...events, someEvent(13, {environmentId: ids[2]})]});
      app.app.store.flush();
    }
    await golden(`${what}-${name}`, app);
  });
});
