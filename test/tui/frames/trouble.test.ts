import {describe, test} from 'vitest';
import {fakeBackend} from '../../support/fake-backend.ts';
import {ids, someEvent, someState} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {local, openApp, openDashboard, quiet} from '../../support/open-app.ts';
import {large, sizeName, usual} from '../../support/sizes.ts';

const enter = '\r';
const problem = 'Reading the log group /aws/lambda/lambda-target-demo failed: connect ECONNREFUSED 127.0.0.1:4566';

describe.each([large, usual])('at $columns x $rows', size => {
  const name = sizeName(size);

  test('reads that fail', async () => {
    const {app} = await openDashboard({...size, state: {live: false, problem}});
    await golden(`dashboard-stale-${name}`, app);
  });

  test('an embedded AWS that has ended', async () => {
    const backend = fakeBackend();
    let die = () => {};
    backend.local.exited = new Promise(resolve => {
      die = resolve;
    });
    const app = await openApp(backend, size);
    await app.press(enter);
    await app.see('1 Environments');
    die();
    await app.see('The embedded AWS has ended');
    backend.stacks.get(local)!.session.change({live: false, problem});
    app.app.store.flush();
    await golden(`dashboard-ended-${name}`, app);
  });

  test('a recording that is off, in help', async () => {
    const {app} = await openDashboard(size);
    await app.press('?');
    const recordedIn = {folder: '/home/dev/.local/state/lifecycle-tui/2026-11-20T12-00-00Z', off: 'the disk is full'};
    app.app.store.set({recordedIn});
    app.app.store.flush();
    await golden(`help-unrecorded-${name}`, app);
  });

  test('an app that ends, its environments first', async () => {
    const backend = fakeBackend();
    backend.local.stop = () => new Promise(() => {});
    const app = await openApp(backend, size);
    await app.press(enter);
    await app.see('1 Environments');
    await app.press('\x03');
    await app.see('stopping the embedded AWS');
    await golden(`stopping-${name}`, app);
    app.app.leave(0);
  });

  test('a plan of requests', async () => {
    const {app} = await openDashboard(size);
    await app.press('B');
    quiet(app);
    await golden(`plan-${name}`, app);
  });

  test('no call yet', async () => {
    const {app} = await openDashboard(size);
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
  ])('%s', async (what, keys) => {
    const events = [...someState().events, someEvent(11, {environmentId: ids[1], late: true})];
    const {app, session} = await openDashboard({...size, state: {events}});
    for (const key of keys) await app.press(key);
    if (what === 'events-scrolled') session.change({events: [...events, someEvent(13, {environmentId: ids[2]})]});
    app.app.store.flush();
    await golden(`${what}-${name}`, app);
  });

  test.each([
    ['events-empty', {events: []}],
    ['events-unreadable', {events: [], live: false, problem}],
  ])('%s', async (what, state) => {
    const {app} = await openDashboard({...size, state});
    await app.press('3z');
    await golden(`${what}-${name}`, app);
  });
});
