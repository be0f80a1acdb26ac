import {readdirSync, readFileSync} from 'node:fs';
import {afterEach, expect, test} from 'vitest';
import {inGlyphs} from '../../../src/text/ascii.ts';
import {cellWidth} from '../../../src/text/cells.ts';
import {fakeBackend} from '../../support/fake-backend.ts';
import {golden} from '../../support/golden.ts';
import {type Driver, openApp} from '../../support/tui-driver.tsx';

const frames = new URL('../../frames/', import.meta.url);

let open: Driver | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

test.each(readdirSync(frames))('%s can be drawn in ASCII, cell by cell', name => {
  const rows = readFileSync(new URL(name, frames), 'utf8').trimEnd().split('\n');
  for (const row of rows) {
    expect(inGlyphs(row, 'ascii-only')).toMatch(/^[\x20-\x7e]*$/);
    expect(cellWidth(inGlyphs(row, 'ascii-only'))).toBe(cellWidth(row));
    // Letters and pictures of others stay; none of our own marks is left among them.
    const left = inGlyphs(row, 'ascii').replace(/[\x20-\x7e\p{L}\p{M}\p{Extended_Pictographic}]/gu, '');
    expect(left).toBe('');
  }
});

test('the dashboard in ASCII', async () => {
  open = await openApp(fakeBackend(), {glyphs: 'ascii'});
  await open.press('\r');
  await open.see('1 Environments');
  open.app.store.set({toast: undefined});
  open.app.store.flush();
  expect(await open.frame()).toMatch(/^[\x20-\x7e\n]*$/);
  await golden('dashboard-ascii-120x40', open);
  open.written();
  await open.press('?');
  expect(await open.frame(), 'an overlay').toMatch(/^[\x20-\x7e\n]*$/);
});

test('without colours each state has its own mark and word, and the focus its own border', async () => {
  open = await openApp(fakeBackend(), {theme: 'mono'});
  await open.press('\r');
  const frame = await open.see('1 Environments');
  for (const words of ['○ idle', '● invoke', '✕ shutdown', 'INVOKE', 'SHUTDOWN', 'cold', 'warm', '502']) {
    expect(frame).toContain(words);
  }
  expect(frame).toContain('┏━ 1 Environments');
  expect(frame).toContain('╭─ 2 Requests');
  await open.press('\t');
  expect(await open.frame()).toContain('┏━ 2 Requests');
});
