import {readFile, writeFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {keysPage} from '../../../src/tui/keys/page.ts';

const file = new URL('../../../docs/keys.md', import.meta.url);

test('docs/keys.md is the table of keys; LIFECYCLE_UPDATE_FRAMES=1 writes it anew', async () => {
  if (process.env.LIFECYCLE_UPDATE_FRAMES === '1') await writeFile(file, keysPage());
  expect(await readFile(file, 'utf8')).toBe(keysPage());
});
