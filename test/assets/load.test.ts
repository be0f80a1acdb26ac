import {createHash} from 'node:crypto';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {buildAssets} from '../../src/assets/build.ts';
import {loadAssets} from '../../src/assets/load.ts';

test('what is shipped is what these sources build, with the digest that Lambda will name', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'assets-'));
  try {
    const [assets] = await Promise.all([
      loadAssets(),
      buildAssets({root: fileURLToPath(new URL('../../', import.meta.url)), outFolder: folder}),
    ]);
    for (const name of ['layer', 'target', 'authorizer'] as const) {
      const built = await readFile(join(folder, `${name}.zip`));
      expect(built.equals(assets[name].zip), name).toBe(true);
      expect(assets[name].sha256).toBe(createHash('sha256').update(built).digest('base64'));
    }
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
});
