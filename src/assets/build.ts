import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type BuildOptions, build, type Metafile, type Plugin} from 'esbuild';
import {zip} from './zip.ts';

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  write: false,
  logLevel: 'warning',
};

/**
 * middy takes the names of status codes from node:http, for errors that these functions do not let it make; loading that
 * would be a tenth of the target's own share of a cold start.
 */
const withoutHttp: Plugin = {
  name: 'without-http',
  setup({onResolve, onLoad}) {
    onResolve({filter: /^node:http$/}, () => ({path: 'status-codes', namespace: 'without-http'}));
    onLoad({filter: /.*/, namespace: 'without-http'}, () => ({contents: 'export const STATUS_CODES = {};'}));
  },
};

/**
 * Bundles the extension and both functions and writes `layer.zip`, `target.zip` and `authorizer.zip` to `outFolder`.
 * Equal sources give equal bytes, on any machine and day, so that Lambda's CodeSha256 tells whether an update is due.
 * Returns esbuild's metafiles, from which the third-party notices are made.
 */
export async function buildAssets({root, outFolder}: {root: string; outFolder: string}): Promise<Metafile[]> {
  const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const define = {'process.env.LIFECYCLE_VERSION': JSON.stringify(version)};
  const ofFunctions: BuildOptions = {format: 'esm', mainFields: ['module', 'main'], define, plugins: [withoutHttp]};
  const [layer, ...functions] = await Promise.all([
    bundle(root, 'src/extension/shutdown-notifier/main.ts', {
      // An ES module as entry starts later and takes 12 MB more on Node 24.
      format: 'cjs',
      banner: {js: '#!/usr/bin/env node'},
      minifyIdentifiers: true,
    }),
    ...['target', 'authorizer'].map(name => bundle(root, `src/functions/${name}/index.ts`, ofFunctions)),
  ]);
  const [target, authorizer] = functions;
  if (!layer || !target || !authorizer) throw new Error('A bundle is missing');
  await mkdir(outFolder, {recursive: true});
  const write = async (name: string, path: string, code: Uint8Array, mode: number) =>
    writeFile(join(outFolder, name), await zip([{path, bytes: code, mode}]));
  await Promise.all([
    write('layer.zip', 'extensions/shutdown-notifier', layer.code, 0o755),
    write('target.zip', 'index.mjs', target.code, 0o644),
    write('authorizer.zip', 'index.mjs', authorizer.code, 0o644),
  ]);
  return [layer.metafile, target.metafile, authorizer.metafile];
}

async function bundle(root: string, entry: string, options: BuildOptions) {
  const {outputFiles, metafile} = await build({
    ...common,
    // The embedded AWS runs both on the user's own Node.
    target: 'node20',
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: 'bundle.js',
    ...options,
  });
  const code = outputFiles?.[0]?.contents;
  if (!code || !metafile) throw new Error(`esbuild gave no output for ${entry}`);
  return {code, metafile};
}
