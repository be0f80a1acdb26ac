import {expect, test, vi} from 'vitest';
import {isLive} from '../../../src/lifecycle/environment.ts';
import {frameTime, ids, someEnvironments, someState} from '../../support/fake-session.ts';
import {enter, escapeKey} from '../../support/keys.ts';
import {openDashboard, quiet, without} from '../../support/open-app.ts';

/** A screen on which nothing asks or offers. */
const noOverlay = without('Force SHUTDOWN (?:of lambda|by)');

test.each([
  ['timeout', 'j', '2 of 2 environments reset in 412 ms.'],
  ['crash', 'jj', '2 of 2 environments reset in 412 ms.'],
  ['update', 'jjj', '3 of 3 environments gone in 412 ms, median 412 ms.'],
])('X forces SHUTDOWN by %s', async (way, keys, told) => {
  const {app, session} = await openDashboard();
  await app.press('X');
  await app.press(keys);
  await app.see(`by ${way} ━┛`);
  await app.press(enter);
  await app.see(told);
  expect(session.orders).toEqual([`shutdown ${way}`]);
});

test('on AWS the choice is asked about once, with the function and the account', async () => {
  const {app, session} = await openDashboard({on: 'aws'});
  await app.press('Xj');
  await app.press(enter);
  const asked = await app.see('Force SHUTDOWN by timeout?');
  expect(asked).toContain('1234-5678-9012');
  expect(asked).toContain('lambda-target-demo');
  await app.press(escapeKey);
  await app.see(noOverlay);
  await app.press('Xj');
  await app.press(enter);
  expect(session.orders).toEqual([]);
  await app.press(enter);
  await app.see('environments reset');
  await app.press('X');
  await app.press(enter);
  await app.see('environments gone');
  expect(session.orders).toEqual(['shutdown timeout', 'shutdown update']);
});

test('it is waited for as long as an idle environment lives: on Local by its setting, on AWS ten minutes', async () => {
  const local = await openDashboard();
  await local.app.press('x');
  await local.app.see('environments gone');
  expect(local.session.waits).toEqual([32_000]);
  const aws = await openDashboard({on: 'aws'});
  await aws.app.press('x');
  await aws.app.press(enter);
  await aws.app.see('environments gone');
  expect(aws.session.waits).toEqual([600_000]);
});

test('esc stops waiting, a second order is refused meanwhile, and what was ordered is said to stay', async () => {
  const {app, session} = await openDashboard();
  session.hold = true;
  await app.press('x');
  await app.see('0 of 3 gone, 0 s');
  await app.press('x');
  await app.see('x: one is being waited for, esc stops waiting');
  await app.press('X');
  await app.press(enter);
  await app.see('One is being waited for');
  await app.press(escapeKey);
  await app.see(noOverlay);
  await app.press(escapeKey);
  await app.see('Not waiting any more, 0 of 3 gone. What was ordered stays ordered.');
  expect(session.orders).toEqual(['shutdown update']);
  const frame = await app.frame();
  expect(frame).toContain('1 Environments');
  await app.press('X');
  await app.see('not waited for');
});

test('esc clears filter and search first, and goes to the menu when nothing is waited for', async () => {
  const {app, session} = await openDashboard();
  session.hold = true;
  await app.press('x');
  await app.press('/');
  await app.press('idle');
  await app.press(enter);
  const view = () => app.app.store.get().dashboard?.views.environments;
  expect(view()?.filter).toBe('idle');
  await app.press(escapeKey);
  await vi.waitFor(() => expect(view()).toMatchObject({filter: '', search: 'idle'}));
  await app.press(escapeKey);
  await vi.waitFor(() => expect(view()).toMatchObject({filter: '', search: ''}));
  await app.see('0 of 3 gone');
  await app.press(escapeKey);
  await app.see('Not waiting any more');
  await app.press(escapeKey);
  await app.see('Where shall the demo run?');
});

test('those that did not tell are named', async () => {
  const {app, session} = await openDashboard();
  session.forceShutdown = async ({how, waitMs}) => {
    const seen = [{environmentId: ids[0], reason: 'spindown', latencyMs: 300}];
    session.change({
      shutdown: {how, waitMs, startedAt: 0, expected: [ids[0], ids[1]], seen, finished: true},
    });
    return {ok: false, shutdowns: seen, missing: [ids[1]]};
  };
  await app.press('x');
  await app.see('1 without SHUTDOWN after 32.0 s: b07e44. X says more.');
  await app.press('X');
  const frame = await app.see('missing b07e44');
  expect(frame).toContain('1 of 2 gone');
});

test('what timed out is shown as reset, not as gone, until it serves again', async () => {
  const {app, session} = await openDashboard();
  const list = someEnvironments.map(one =>
    one.id === ids[0] ? {...one, state: 'reset' as const, shutdown: {at: frameTime - 4_000, reason: 'timeout'}} : one,
  );
  const live = list.filter(isLive).length;
  session.change({environments: {...someState().environments, list}});
  const frame = await app.see('↻ reset');
  expect(frame).toContain(`${live} live · 1 reset · 1 gone`);
  expect(frame).toMatch(/9f3c1a +↻ reset .* timeout at \d\d:\d\d:\d\d, may serve again/);
  await app.press('X');
  await app.see(`all ${live} live`);
});

test('an environment that was reset and serves again is said to, with its generation', async () => {
  const {app, session} = await openDashboard();
  await app.press('Xj');
  await app.press(enter);
  await app.see('reset in');
  const list = someEnvironments.map(one =>
    one.id === ids[0] ? {...one, generation: 2} : {...one, state: 'gone' as const},
  );
  session.change({environments: {...someState().environments, list}});
  await app.press('X');
  await app.see('9f3c1a serves again as generation 2');
});

test('with nothing to end that is said', async () => {
  const {app, session} = await openDashboard();
  session.change({environments: {...someState().environments, list: []}});
  await app.press('x');
  await app.see('No environment was live.');
  await app.press('Xjj');
  await app.see('none is idle');
  await app.press(enter);
  await app.see('No environment is idle: nothing was sent.');
});

test('an order that fails is told', async () => {
  const {app, session} = await openDashboard();
  session.forceShutdown = async () => {
    throw Object.assign(new Error(''), {title: 'Lambda could not apply the change'});
  };
  await app.press('x');
  await app.see('Lambda could not apply the change');
});

test('in a replay there is nothing to give up: esc is what it always is', async () => {
  const {app, session} = await openDashboard();
  const shutdown = {how: 'update', waitMs: 1, startedAt: 0, expected: [ids[0]], seen: [], finished: false} as const;
  session.change({shutdown});
  quiet(app);
  await app.see('esc stop waiting');
  app.app.store.set({replay: {speed: 1, playing: true, ended: false}});
  app.app.store.flush();
  await app.see(without('esc stop waiting'));
});
