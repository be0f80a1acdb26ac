import {describe, test} from 'vitest';
import {statusOf} from '../../support/fake-backend.ts';
import {frameTime} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard, openWorld} from '../../support/open-app.ts';
import {large, sizeName, small, usual} from '../../support/sizes.ts';

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

describe.each([large, usual])('at $columns x $rows', size => {
  const name = sizeName(size);

  test('menu', async () => {
    const {app} = await openWorld({places, found}, size);
    await golden(`menu-${name}`, app);
  });

  test('menu with an unreachable target selected', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('jjjj');
    await golden(`menu-unreachable-${name}`, app);
  });

  test('deploy under way', async () => {
    let now = frameTime - 11_500;
    const {app} = await openWorld({hold: true}, {...size, clock: () => now});
    await app.press('\r');
    now = frameTime;
    await app.see('CreateFunction');
    await golden(`deploy-${name}`, app);
  });

  test('dashboard', async () => {
    const {app} = await openDashboard(size);
    await golden(`dashboard-${name}`, app);
  });

  test('help, with what is said below it', async () => {
    const {app} = await openWorld({}, size);
    await app.press('\r');
    await app.see('1 Environments');
    await app.press('?');
    await golden(`help-${name}`, app);
  });

  test('teardown on AWS, region half typed', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('j');
    await app.press('T');
    await app.see('Tear down?');
    await app.press('eu-west-');
    await golden(`teardown-${name}`, app);
  });

  test('deploy question on AWS', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('jj');
    await app.press('\r');
    await app.see('Deploy?');
    await golden(`ask-deploy-${name}`, app);
  });
});

test('one pane at 60 x 16', async () => {
  const {app} = await openDashboard(small);
  await golden('dashboard-60x16', app);
});

test('a screen that is too small', async () => {
  const {app} = await openWorld({}, {columns: 50, rows: 12});
  await golden('too-small-50x12', app);
});
