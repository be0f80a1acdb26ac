import {afterEach, describe, expect, test} from 'vitest';
import {fakeBackend, statusOf} from '../../support/fake-backend.ts';
import {frameTime} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {quiet} from '../../support/open-dashboard.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

const sizes = [
  {columns: 120, rows: 40},
  {columns: 80, rows: 24},
];
const enter = '\r';

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
] as const;
const found = {dev: statusOf('deployed'), empty: statusOf('absent'), play: statusOf('partial', 2)};

/** Every screen as it is drawn where there is nothing but ASCII, and where there are no colours. */
describe.each(sizes)('at $columns x $rows', size => {
  const looks = {ascii: {...size, glyphs: 'ascii'}, mono: {...size, theme: 'mono'}} as const;

  describe.each(['ascii', 'mono'] as const)('%s', look => {
    const options = looks[look];
    const shown = async (what: string) => {
      await golden(`${what}-${look}-${size.columns}x${size.rows}`, open!);
      if (look === 'ascii') expect(await open!.frame()).toMatch(/^[\x20-\x7e\n]*$/);
    };

    test('menu', async () => {
      open = await openApp(fakeBackend({places, found}), options);
      await open.press('j');
      await shown('menu');
    });

    test('deploy', async () => {
      let now = frameTime - 11_500;
      open = await openApp(fakeBackend({hold: true}), {...options, clock: () => now});
      await open.press(enter);
      now = frameTime;
      await open.see('CreateFunction');
      open.app.store.flush();
      await shown('deploy');
    });

    test('teardown', async () => {
      open = await openApp(fakeBackend({places, found}), options);
      await open.press('jT');
      await open.see('Type the region');
      await open.press('eu-west-');
      await shown('teardown');
    });

    test.each<[string, string[]]>([
      ['dashboard', []],
      ['requests', ['2z']],
      ['events', ['3z']],
      ['logs', ['4', '/', 'invoked|REPORT', enter, 'N']],
      ['help', ['?']],
      ['palette', [':']],
      ['api-calls', ['@']],
      ['shutdown-ways', ['X']],
    ])('%s', async (what, keys) => {
      open = await openApp(fakeBackend(), options);
      await open.press(enter);
      await open.see('1 Environments');
      quiet(open);
      for (const key of keys) await open.press(key);
      await shown(what);
    });
  });
});
