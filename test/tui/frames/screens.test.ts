import {afterEach, describe, test} from 'vitest';
import {fakeBackend, statusOf} from '../../support/fake-backend.ts';
import {frameTime} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

const sizes = [
  {columns: 120, rows: 40},
  {columns: 80, rows: 24},
];

let open: Driver | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

const places = [
  {kind: 'local'},
  {kind: 'aws', profile: 'dev', region: 'eu-west-1'},
  {kind: 'aws', profile: 'empty', region: 'us-east-1'},
  {kind: 'aws', profile: 'play', region: 'eu-west-1'},
  {kind: 'aws', profile: 'prod', region: 'eu-west-1'},
] as const;

const expired = Object.assign(new Error('expired'), {
  title: 'The credentials of profile prod have expired.',
  solution: 'Sign in again.',
  next: 'aws sso login --profile prod',
});

const found = {
  dev: statusOf('deployed'),
  empty: statusOf('absent'),
  play: statusOf('partial', 2),
  prod: expired,
};

describe.each(sizes)('at $columns x $rows', size => {
  const name = `${size.columns}x${size.rows}`;

  test('menu', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await golden(`menu-${name}`, open);
  });

  test('menu with an unreachable target selected', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await open.press('jjjj');
    await golden(`menu-unreachable-${name}`, open);
  });

  test('deploy under way', async () => {
    let now = frameTime - 11_500;
    open = await openApp(fakeBackend({hold: true}), {...size, clock: () => now});
    await open.press('\r');
    now = frameTime;
    await open.see('CreateFunction');
    open.app.store.flush();
    await golden(`deploy-${name}`, open);
  });

  test('dashboard', async () => {
    open = await openApp(fakeBackend(), size);
    await open.press('\r');
    await open.see('1 Environments');
    open.app.store.set({toast: undefined});
    open.app.store.flush();
    await golden(`dashboard-${name}`, open);
  });

  test('help', async () => {
    open = await openApp(fakeBackend(), size);
    await open.press('\r');
    await open.see('1 Environments');
    await open.press('?');
    await golden(`help-${name}`, open);
  });

  test('teardown on AWS, region half typed', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await open.press('j');
    await open.press('T');
    await open.see('Tear down?');
    await open.press('eu-west-');
    await golden(`teardown-${name}`, open);
  });

  test('deploy question on AWS', async () => {
    open = await openApp(fakeBackend({places, found}), size);
    await open.press('jj');
    await open.press('\r');
    await open.see('Deploy?');
    await golden(`ask-deploy-${name}`, open);
  });
});

test('one pane at 60 x 16', async () => {
  open = await openApp(fakeBackend(), {columns: 60, rows: 16});
  await open.press('\r');
  await open.see('1 Environments');
  open.app.store.set({toast: undefined});
  open.app.store.flush();
  await golden('dashboard-60x16', open);
});

test('a screen that is too small', async () => {
  open = await openApp(fakeBackend(), {columns: 50, rows: 12});
  await golden('too-small-50x12', open);
});
