import {afterEach, describe, expect, test} from 'vitest';
import {helpBindings} from '../../../src/tui/keys/help-grid.ts';
import {fakeBackend} from '../../support/fake-backend.ts';
import {golden} from '../../support/golden.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

const sizes = [
  {columns: 120, rows: 40},
  {columns: 80, rows: 24},
  {columns: 60, rows: 16},
];

let open: Driver | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function help(size: {columns: number; rows: number}, readOnly = false) {
  const backend = fakeBackend();
  open = await openApp(backend, size);
  await open.press('\r');
  await open.see('1 Environments');
  open.app.store.set({toast: undefined, readOnly});
  await open.press('?');
  return open;
}

describe.each(sizes)('at $columns x $rows', size => {
  const name = `${size.columns}x${size.rows}`;

  test('searched', async () => {
    const app = await help(size);
    await app.press('pane');
    await golden(`help-searched-${name}`, app);
  });

  test('a key that is off, with where the session is recorded', async () => {
    const app = await help(size, true);
    app.app.store.set({recordedIn: '/home/dev/.local/state/lifecycle-tui/2026-11-20T12-00-00'});
    await app.press('force');
    await app.press('\x15');
    await app.press('SHUTDOWN all');
    await app.see('off: started with');
    await golden(`help-off-${name}`, app);
  });

  test('the last key', async () => {
    const app = await help(size);
    await app.press('\x1b[F');
    await golden(`help-end-${name}`, app);
  });
});

test('arrows reach every key where they do not all fit', async () => {
  const app = await help({columns: 60, rows: 16});
  const all = helpBindings(app.app.store.get(), '');
  for (const [index, {keys, help: words}] of all.entries()) {
    if (index > 0) app.app.press('down');
    if (index % 4 > 0 && index < all.length - 1) continue;
    const frame = await app.frame();
    expect(frame).toContain(`${keys.join(' ')}  ${words}`);
    expect(frame).toMatch(/▸ .*[┃]/);
  }
});

test('nothing found', async () => {
  const app = await help({columns: 80, rows: 24});
  await app.press('teleport');
  await app.see('No key does that.');
});
