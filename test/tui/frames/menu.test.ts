import {describe, expect, test} from 'vitest';
import type {Place} from '../../../src/tui/backend/backend.ts';
import {fakeBackend, statusOf} from '../../support/fake-backend.ts';
import {frameTime} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {openApp, openWorld} from '../../support/open-app.ts';
import {large, sizeName, small, usual} from '../../support/sizes.ts';

const hour = 3_600_000;
const sso = {kind: 'sso', expiresAt: frameTime + 7.4 * hour} as const;
const places: readonly Place[] = [
  {kind: 'local'},
  {kind: 'aws', profile: 'dev', region: 'eu-west-1', credentials: sso},
  {kind: 'aws', profile: 'drift', region: 'eu-west-1', credentials: {kind: 'role'}},
  {kind: 'aws', profile: 'play', region: 'eu-west-1', credentials: {kind: 'keys'}},
  {kind: 'aws', profile: 'prod', region: 'eu-west-1', credentials: {...sso, expiresAt: frameTime - hour}},
  {kind: 'aws', profile: 'shared', region: 'us-east-1', credentials: {kind: 'process'}},
];

const expired = Object.assign(new Error('expired'), {
  title: 'The login of profile prod has expired',
  details: 'Token is expired. To refresh this SSO session run aws sso login with the corresponding profile.',
  solution: 'Sign in again.',
  next: 'aws sso login --profile prod',
});

const deployed = statusOf('deployed');
const found = {
  dev: deployed,
  drift: {
    ...deployed,
    resources: deployed.resources.map(one =>
      one.id === 'target' ? {...one, drift: 'timeout: wanted 6, found 30'} : one,
    ),
  },
  play: statusOf('partial', 2),
  prod: expired,
  shared: {
    ...statusOf('absent'),
    state: 'foreign' as const,
    resources: deployed.resources.map(one =>
      one.id === 'table'
        ? {...one, state: 'foreign' as const, drift: 'of stack alice'}
        : {...one, state: 'absent' as const},
    ),
  },
};

/** The least that has room for every column. */
const middle = {columns: 100, rows: 30};

describe.each([large, middle, usual])('at $columns x $rows', size => {
  const name = sizeName(size);

  test('what is known of each, and of the last session', async () => {
    const backend = fakeBackend({places, found});
    backend.last = {at: frameTime - 2.1 * hour, events: 1_061};
    await golden(`menu-known-${name}`, await openApp(backend, size));
  });

  test.each([
    ['deployed', 1],
    ['drift', 2],
    ['partial', 3],
    ['expired', 4],
    ['foreign', 5],
  ])('%s', async (what, index) => {
    const {app} = await openWorld({places, found}, size);
    await app.press('j'.repeat(index));
    await golden(`menu-${what}-${name}`, app);
  });

  test('while the targets are being asked', async () => {
    const {backend, app} = await openWorld({places, found}, size);
    for (const profile of ['drift', 'play']) backend.stacks.get(profile)!.status = () => new Promise(() => {});
    await app.press('r');
    await app.see('asking 2 of 6');
    await golden(`menu-loading-${name}`, app);
  });

  test('without a profile, and with files that cannot be read', async () => {
    const {backend, app} = await openWorld({}, size);
    await golden(`menu-empty-${name}`, app);
    backend.listTargets = async () => {
      throw Object.assign(new Error(), {title: 'The AWS config file cannot be read', solution: 'Check ~/.aws/config.'});
    };
    await app.press('r');
    await app.see('cannot be read');
    await golden(`menu-problem-${name}`, app);
  });

  test('forty profiles', async () => {
    const many = Array.from({length: 40}, (_, index): Place => {
      const profile = `team-${String(index + 1).padStart(2, '0')}`;
      return {kind: 'aws', profile, region: 'eu-central-1', credentials: {kind: 'sso'}};
    });
    const {app} = await openWorld({places: [{kind: 'local'}, ...many]}, size);
    await app.press('j'.repeat(21));
    await golden(`menu-many-${name}`, app);
    await app.press('G');
    expect(await app.see('▸ ▢ team-40')).not.toContain('more ↓');
    await app.press('g');
    expect(await app.see('▸ ▢ this machine')).toContain('more ↓');
  });

  test('another region', async () => {
    const {app} = await openWorld({places, found}, size);
    await app.press('jp');
    await app.press('eu-weste\r');
    await app.see('is no AWS region');
    await golden(`region-${name}`, app);
  });
});

test('at 60 x 16', async () => {
  const {app} = await openWorld({places, found}, small);
  await app.press('jjj');
  await golden('menu-60x16', app);
});
