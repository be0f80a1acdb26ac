import {describe, expect, test} from 'vitest';
import {helpBindings} from '../../../src/tui/keys/help-grid.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard} from '../../support/open-app.ts';
import {large, type Size, sizeName, small, usual} from '../../support/sizes.ts';

async function help(size: Size, readOnly = false) {
  const {app} = await openDashboard(size);
  app.app.store.set({readOnly});
  await app.press('?');
  return app;
}

describe.each([large, usual, small])('at $columns x $rows', size => {
  const name = sizeName(size);

  test('searched', async () => {
    const app = await help(size);
    await app.press('pane');
    await golden(`help-searched-${name}`, app);
  });

  test('a key that is off, with where the session is recorded', async () => {
    const app = await help(size, true);
    app.app.store.set({recordedIn: {folder: '/home/dev/.local/state/lifecycle-tui/2026-11-20T12-00-00'}});
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
  const app = await help(small);
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
  const app = await help(usual);
  await app.press('teleport');
  await app.see('No key does that.');
});
