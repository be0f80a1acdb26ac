import {readdirSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {inGlyphs} from '../../../src/text/ascii.ts';
import {cellWidth} from '../../../src/text/cells.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard} from '../../support/open-app.ts';

const frames = new URL('../../frames/', import.meta.url);

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
  const {app} = await openDashboard({glyphs: 'ascii'});
  expect(await app.frame()).toMatch(/^[\x20-\x7e\n]*$/);
  await golden('dashboard-ascii-120x40', app);
  app.written();
  await app.press('?');
  expect(await app.frame(), 'an overlay').toMatch(/^[\x20-\x7e\n]*$/);
});

test('without colours each state has its own mark and word, and the focus its own border', async () => {
  const {app} = await openDashboard({theme: 'mono'});
  const frame = await app.frame();
  for (const words of ['○ idle', '● invoke', '✕ shutdown', 'INVOKE', 'SHUTDOWN', 'cold', 'warm', '502']) {
    expect(frame).toContain(words);
  }
  expect(frame).toContain('┏━ 1 Environments');
  expect(frame).toContain('╭─ 2 Requests');
  await app.press('\t');
  expect(await app.frame()).toContain('┏━ 2 Requests');
});
