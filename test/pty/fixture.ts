import {mkdir, rm} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {afterAll, beforeAll} from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const banner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/** Bundles a fixture of this folder for the tests of a file, as the command is bundled, and gives the file to run. */
export function bundledFixture(name: string): string {
  const outfile = join(root, `node_modules/.cache/lifecycle-tui/pty/${name}-${process.pid}.mjs`);
  beforeAll(() => bundle(name, outfile));
  afterAll(() => rm(outfile, {force: true}));
  return outfile;
}

async function bundle(name: string, outfile: string): Promise<void> {
  await mkdir(dirname(outfile), {recursive: true});
  const plugins = '../../scripts/bundle-plugins.mjs';
  const {withoutDevtools} = await import(plugins);
  await build({
    absWorkingDir: root,
    entryPoints: [`test/pty/fixtures/${name}.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    external: ['@aws-sdk/*'],
    logLevel: 'error',
    define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
    plugins: [withoutDevtools],
    banner: {js: banner},
  });
}
