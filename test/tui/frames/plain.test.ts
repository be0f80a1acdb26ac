import {describe, expect, test} from 'vitest';
import {statusOf} from '../../support/fake-backend.ts';
import {frameTime} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard, openWorld} from '../../support/open-app.ts';
import {large, sizeName, usual} from '../../support/sizes.ts';
import type {Driver} from '../../support/tui-driver.tsx';

const enter = '\r';
const places = [
  {kind: 'local'},
  {kind: 'aws', profile: 'dev', region: 'eu-west-1'},
  {kind: 'aws', profile: 'empty', region: 'us-east-1'},
  {kind: 'aws', profile: 'play', region: 'eu-west-1'},
] as const;
const found = {dev: statusOf('deployed'), empty: statusOf('absent'), play: statusOf('partial', 2)};

/** Every screen as it is drawn where there is nothing but ASCII, and where there are no colours. */
describe.each([large, usual])('at $columns x $rows', size => {
  const looks = {ascii: {...size, glyphs: 'ascii'}, mono: {...size, theme: 'mono'}} as const;

  describe.each(['ascii', 'mono'] as const)('%s', look => {
    const options = looks[look];
    const shown = async (what: string, app: Driver) => {
      await golden(`${what}-${look}-${sizeName(size)}`, app);
      if (look === 'ascii') expect(await app.frame()).toMatch(/^[\x20-\x7e\n]*$/);
    };

    test('menu', async () => {
      const {app} = await openWorld({places, found}, options);
      await app.press('j');
      await shown('menu', app);
    });

    test('deploy', async () => {
      let now = frameTime - 11_500;
      const {app} = await openWorld({hold: true}, {...options, clock: () => now});
      await app.press(enter);
      now = frameTime;
      await app.see('CreateFunction');
      app.app.store.flush();
      await shown('deploy', app);
    });

    test('teardown', async () => {
      const {app} = await openWorld({places, found}, options);
      await app.press('jT');
      await app.see('Type the region');
      await app.press('eu-west-');
      await shown('teardown', app);
    });

    test.each<[string, string[]]>([
      ['dashboard', []],
      ['requests', ['2z']],
      ['events', ['3z']],
      ['logs-matched', ['4', '/', 'invoked|REPORT', enter, 'N']],
      ['help', ['?']],
      ['palette', [':']],
      ['api-calls', ['@']],
      ['shutdown-ways', ['X']],
    ])('%s', async (what, keys) => {
      const {app} = await openDashboard(options);
      for (const key of keys) await app.press(key);
      await shown(what, app);
    });
  });
});
