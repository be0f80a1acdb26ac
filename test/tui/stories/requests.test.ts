import {expect, test} from 'vitest';
import {enter, escapeKey} from '../../support/keys.ts';
import {openDashboard} from '../../support/open-app.ts';

async function dashboard() {
  const {app, session} = await openDashboard();
  return {app, session, last: () => session.runs.at(-1)!};
}

test('r goes through the rates, each ending the one before, and off again', async () => {
  const {app, session, last} = await dashboard();
  for (const rate of [1, 2, 5, 10]) {
    const before = session.runs.at(-1);
    await app.press('r');
    await app.see(`rate ${rate}/s`);
    expect(before?.stop?.aborted ?? true).toBe(true);
    expect(last().stop?.aborted).toBe(false);
  }
  expect(session.orders).toEqual([1, 2, 5, 10].map(rate => `fire Infinity at 20 sleeping 0 at ${rate}/s`));
  last().onProgress!({sent: 37, answered: 35, skipped: 2, failed: 0, cold: 4});
  await app.press('r');
  expect(last().stop?.aborted).toBe(true);
  await app.see('stopping, 2 out');
  last().onProgress!({sent: 37, answered: 37, skipped: 2, failed: 0, cold: 4});
  last().end();
  await app.see('Rate stopped: 37 sent, 4 cold, 2 not sent: all 20 slots were under way.');
  await app.see('rate off');
});

test('what an ended rate still tells does not touch the one that goes on', async () => {
  const {app, session} = await dashboard();
  await app.press('r');
  const [first] = session.runs;
  await app.press('r');
  await app.see('rate 2/s');
  first!.onProgress!({sent: 9, answered: 9, skipped: 9, failed: 0, cold: 0});
  first!.end();
  await app.press('?');
  await app.press(escapeKey);
  const frame = await app.see('rate 2/s');
  expect(frame).not.toContain('not sent');
});

test('a plan is typed, checked, started, shown, kept, and stopped', async () => {
  const {app, session, last} = await dashboard();
  await app.press('B');
  await app.see('Plan of requests');
  await app.press('\x150');
  await app.press(enter);
  await app.see('must be 1 to 100000');
  expect(session.orders).toEqual([]);
  await app.press('\x7f60');
  await app.press('\t\x158\t\x15250\t4\t ');
  const frame = await app.see('[Invoke]');
  expect(frame).not.toContain('must be');
  await app.press(enter);
  expect(session.orders).toEqual(['fire 60 at 8 sleeping 250 at 4/s via invoke']);
  last().onProgress!({sent: 30, answered: 29, skipped: 7, failed: 0, cold: 1});
  await app.see('plan 37 of 60');
  await app.see('7 not sent: all 8 slots under way');
  await app.press('B');
  await app.see('stops what is running');
  await app.press(enter);
  expect(last().stop?.aborted).toBe(true);
  last().onProgress!({sent: 30, answered: 30, skipped: 7, failed: 1, cold: 1});
  last().end();
  await app.see('Plan stopped: 30 sent, 1 cold, 1 failed, 7 not sent');
  await app.press('B');
  const kept = await app.see('250▏'.slice(0, 3));
  expect(kept).toMatch(/requests\s+60/);
  await app.press(escapeKey);
});

test('r stops a plan', async () => {
  const {app, last} = await dashboard();
  await app.press('B');
  await app.press(enter);
  await app.see('r stop the plan');
  await app.press('r');
  expect(last().stop?.aborted).toBe(true);
  last().onProgress!({sent: 1, answered: 1, skipped: 0, failed: 0, cold: 0});
  last().end();
  await app.see('Plan stopped: 1 sent');
});

test('a plan that is through says what came of it', async () => {
  const {app, last} = await dashboard();
  await app.press('B');
  await app.press(enter);
  last().onProgress!({sent: 100, answered: 100, skipped: 0, failed: 0, cold: 5});
  last().end();
  await app.see('Plan done: 100 sent, 5 cold.');
});

test('leaving the dashboard ends a rate', async () => {
  const {app, last} = await dashboard();
  await app.press('r');
  await app.press(escapeKey);
  await app.see('Where shall the demo run?');
  expect(last().stop?.aborted).toBe(true);
});

test('sending that fails is told, and ends the rate', async () => {
  const {app, session} = await dashboard();
  session.fire = async () => {
    throw new Error('The API is gone.');
  };
  await app.press('r');
  await app.see('The API is gone.');
  await app.see('rate off');
});

test('a cold start’s details say why, as its row does', async () => {
  const {app, session} = await dashboard();
  const {requests} = session.getState();
  const cold = requests.find(one => one.cold)!;
  session.change({requests: [cold]});
  await app.press('2z');
  const [, why] = (await app.see(/cold {2}\w{6} {2}(.+?) +┃/)).match(/cold {2}\w{6} {2}(.+?) +┃/)!;
  await app.press('y');
  expect(app.copied.at(-1)).toContain(`  ${why}`);
  await app.press(enter);
  await app.see(`"whyCold": "${why}"`);
  await app.see('"underWayBefore": 0');
});
