import {expect, test} from 'vitest';
import {isSure} from '../../../src/text/cells.ts';
import {ids, someLog} from '../../support/fake-session.ts';
import {openDashboard} from '../../support/open-app.ts';
import {numbers, seed} from '../../support/seed.ts';
import {large, type Size, usual} from '../../support/sizes.ts';
import type {Driver} from '../../support/tui-driver.tsx';
import {boxesOf} from './untouched.ts';

const wide = [
  '日本語のログ行がここにあります'.repeat(12),
  '한국어 로그 ｱｲｳ ＦＵＬＬ'.repeat(12),
  '👩‍👩‍👧 family 🇩🇪 flag ❤️ heart 👍🏽 skin 1️⃣ keycap ☎︎ text'.repeat(6),
  'é̂̃ combining ä̈̈̈̈ हिन्दी ไทย ا العربية'.repeat(8),
  '─│┃━ boxes of their own ▏█'.repeat(10),
  'العربية ไม่รู้จำคำนี้ '.repeat(10),
];

const logs = wide.map((text, index) => someLog(index, text, ids[index % 4]));
const dashboard = async (size: Size) => (await openDashboard({...size, state: {logs}})).app;

const brokenIn = (driver: Driver) => boxesOf(driver).flatMap(({broken}) => broken);

test.each([
  [120, 40],
  [100, 30],
  [81, 25],
  [80, 24],
  [61, 17],
  [60, 16],
])('borders stay straight beside wide and joined characters at %i x %i', async (columns, rows) => {
  const driver = await dashboard({columns, rows});
  for (const pane of ['1', '2', '3', '4']) {
    await driver.press(pane);
    const frame = await driver.frame();
    expect(boxesOf(driver).length, frame).toBeGreaterThan(0);
    expect(brokenIn(driver), frame).toEqual([]);
  }
  // One cell more at a time: every place at which a wide character can be cut.
  for (let step = 0; step < 4; step += 1) {
    await driver.press('\x1b[C');
    expect(brokenIn(driver), await driver.frame()).toEqual([]);
  }
});

/** A terminal that knows other tables: what is not as wide everywhere takes 0, 1 or 2 cells, by the luck of the seed. */
function measureOtherwise(driver: Driver): void {
  const {screen} = driver;
  const widths = new Map<number, number>();
  const next = numbers();
  const wcwidth = (codepoint: number) => {
    if (isSure(String.fromCodePoint(codepoint))) return 1;
    const known = widths.get(codepoint) ?? Math.min(2, Math.floor(next() * 5));
    widths.set(codepoint, known);
    return known as 0 | 1 | 2;
  };
  const charProperties = (codepoint: number, preceding: number) => {
    const own = wcwidth(codepoint);
    const joins = own === 0 && preceding !== 0;
    return ((joins ? Math.max((preceding >> 1) & 3, own) : own) << 1) | (joins ? 1 : 0);
  };
  screen.unicode.register({version: 'other', wcwidth, charProperties});
  screen.unicode.activeVersion = 'other';
  // The app keeps its rows from wrapping.
  screen.write('\x1b[?7l');
}

test.each([
  [120, 40],
  [80, 24],
  [60, 16],
])(
  'and on a terminal that measures them otherwise, in the panes and in what is opened over them, at %i x %i',
  async (columns, rows) => {
    const driver = await dashboard({columns, rows});
    measureOtherwise(driver);
    await driver.resize(columns + 1, rows);
    await driver.resize(columns, rows);
    const expectStraight = async (when: string) =>
      expect(brokenIn(driver), `${when}, LIFECYCLE_SEED=${seed}\n${await driver.frame()}`).toEqual([]);
    await driver.press('4');
    await expectStraight('the pane');
    for (let step = 0; step < 4; step += 1) {
      await driver.press('\x1b[C');
      await expectStraight(`${step} to the right`);
    }
    await driver.press('z');
    await expectStraight('zoomed');
    for (let index = 0; index < wide.length; index += 1) {
      await driver.press('\r');
      const [whole] = boxesOf(driver).filter(({broken}) => broken.length === 0);
      expect(whole, `details ${index}, LIFECYCLE_SEED=${seed}\n${await driver.frame()}`).toBeDefined();
      await driver.press('\x1b');
      await driver.press('k');
    }
  },
);

test.each([
  [59, 16],
  [60, 15],
  [50, 12],
  [12, 3],
  [2, 2],
  [1, 1],
])('%i x %i is too small, says so and goes on', async (columns, rows) => {
  const driver = await dashboard(usual);
  await driver.resize(columns, rows);
  const frame = await driver.frame();
  if (columns >= 12) expect(frame).toContain('60x16 needed');
  await driver.press('?');
  await driver.press('\x1b');
  await driver.resize(80, 24);
  await driver.see('Environments');
  expect(brokenIn(driver)).toEqual([]);
});

test('a storm of sizes ends in a whole frame', async () => {
  const next = numbers();
  const driver = await dashboard(large);
  for (let round = 0; round < 60; round += 1) {
    await driver.resize(1 + Math.floor(next() * 160), 1 + Math.floor(next() * 60));
  }
  await driver.resize(120, 40);
  const frame = await driver.see('4 Logs');
  expect(brokenIn(driver), `LIFECYCLE_SEED=${seed}\n${frame}`).toEqual([]);
  expect(driver.app.store.get().screen).toBe('dashboard');
});

test('a commit that changes nothing on the screen writes nothing', async () => {
  const driver = await dashboard(large);
  driver.app.store.flush();
  await driver.frame();
  driver.written();
  for (let round = 0; round < 3; round += 1) {
    driver.app.store.flush();
    await driver.frame();
  }
  expect(driver.written()).toBe('');
});
