import {describe, expect, test} from 'vitest';
import {type FakeBackend, fakeBackend, statusOf} from '../../support/fake-backend.ts';
import {frameTime} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {enter} from '../../support/keys.ts';
import {local, openApp} from '../../support/open-app.ts';
import {large, sizeName, small, usual} from '../../support/sizes.ts';

describe.each([large, usual, small])('at $columns x $rows', size => {
  const name = sizeName(size);
  let now = 0;
  const start = (backend: FakeBackend) => {
    now = frameTime - 11_500;
    return openApp(backend, {...size, clock: () => now});
  };

  test('starting', async () => {
    const backend = fakeBackend();
    backend.startLocal = () => new Promise(() => {});
    const app = await start(backend);
    await app.press(enter);
    now = frameTime;
    await app.see('starting the embedded AWS');
    await golden(`deploy-starting-${name}`, app);
  });

  test('running, then stopping, then stopped', async () => {
    const backend = fakeBackend({hold: true});
    const app = await start(backend);
    await app.press(enter);
    now = frameTime;
    await app.see('CreateFunction');
    await golden(`deploy-running-${name}`, app);
    await app.press('\x03');
    await golden(`deploy-stopping-${name}`, app);
    backend.stacks.get(local)!.found = statusOf('partial', 4);
    backend.held!.release();
    await app.see('There now: 4 of 8');
    await golden(`deploy-stopped-${name}`, app);
  });

  test('failed', async () => {
    const app = await start(fakeBackend({fails: true}));
    await app.press(enter);
    now = frameTime;
    await app.see('There now: 6 of 8');
    await golden(`deploy-failed-${name}`, app);
  });

  test('done, while the dashboard opens', async () => {
    const backend = fakeBackend({hold: true});
    const app = await start(backend);
    await app.press(enter);
    now = frameTime;
    await app.see('CreateFunction');
    backend.stacks.get(local)!.openSession = () => new Promise(() => {});
    backend.held!.release();
    await app.see('done in 11.5 s');
    await golden(`deploy-done-${name}`, app);
  });

  test('teardown, running and done with the events kept', async () => {
    const world = {places: [{kind: 'endpoint', url: 'http://127.0.0.1:1'}] as const, hold: true};
    const found = {'http://127.0.0.1:1': statusOf('deployed')};
    const backend = fakeBackend({...world, found});
    const app = await start(backend);
    await app.press('T');
    await app.see('1 284 events');
    await app.press(' \r');
    now = frameTime;
    await app.see('CreateFunction');
    await golden(`teardown-running-${name}`, app);
    backend.held!.release();
    await app.see('done in');
    await golden(`teardown-done-${name}`, app);
  });

  test('on AWS, with what is left', async () => {
    const place = {kind: 'aws', profile: 'dev', region: 'eu-west-1'} as const;
    const backend = fakeBackend({places: [place], hold: true});
    const app = await start(backend);
    await app.see('nothing');
    await app.press(enter);
    await app.see('Deploy?');
    await app.press(enter);
    now = frameTime;
    await app.see('~5 s');
    await golden(`deploy-aws-running-${name}`, app);
    now = frameTime + 9_000;
    await app.see('longer than usual');
    await golden(`deploy-aws-longer-${name}`, app);
    backend.held!.release();
  });

  test('teardown on AWS, while late log lines are waited for', async () => {
    const place = {kind: 'aws', profile: 'dev', region: 'eu-west-1'} as const;
    const backend = fakeBackend({places: [place], hold: true, found: {dev: statusOf('deployed')}});
    const app = await start(backend);
    await app.see('deployed');
    await app.press('T');
    await app.see('1 284 events');
    await app.press('eu-west-1\r');
    now = frameTime;
    await app.see('CreateFunction');
    await golden(`teardown-aws-running-${name}`, app);
    backend.held!.release();
    await app.see('Looking in 14 s');
    await golden(`teardown-aws-flush-${name}`, app);
    backend.held!.release();
  });

  test('teardown that leaves something', async () => {
    const world = {places: [{kind: 'endpoint', url: 'http://127.0.0.1:1'}] as const, fails: true};
    const app = await start(fakeBackend({...world, found: {'http://127.0.0.1:1': statusOf('deployed')}}));
    await app.press('T');
    await app.see('1 284 events');
    await app.press(enter);
    now = frameTime;
    await app.see('One resource is left');
    expect(await app.frame()).toContain('DeleteConflict');
    await golden(`teardown-left-${name}`, app);
  });
});
