// Builds everything a user runs: the command, the DynamoDB worker, the runtime clients of the embedded
// Lambda, and the zips that are uploaded. Importing this file builds once.
import {chmod, cp, mkdir, rm, writeFile} from 'node:fs/promises';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import {dynaliteInMemory, sureWidths, withoutDevtools} from './bundle-plugins.mjs';
import {thirdPartyNotices} from './third-party.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;

/** Names stay readable (stack traces), white space goes: same start-up time, a third less to install. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  outdir: 'dist',
  define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

/** src/assets/build.ts is TypeScript and Node 20 reads none: bundle it beside the output, run it, remove it. */
async function buildAssets() {
  const script = `${dist}/build-assets.mjs`;
  await build({
    ...common,
    outdir: undefined,
    outfile: script,
    packages: 'external',
    entryPoints: ['src/assets/build.ts'],
    banner: {},
  });
  const {buildAssets: run} = await import(pathToFileURL(script).href);
  const notices = await run({root, outFolder: `${dist}/assets`});
  await rm(script);
  return notices;
}

await rm(dist, {recursive: true, force: true});
await mkdir(dist, {recursive: true});
const results = await Promise.all([
  build({
    ...common,
    mainFields: ['module', 'main'],
    splitting: true,
    entryPoints: {cli: 'src/cli/main.ts'},
    chunkNames: 'chunks/[name]-[hash]',
    plugins: [withoutDevtools, sureWidths],
  }),
  // Default mainFields: dual packages under dynalite break when their ES module is required.
  build({
    ...common,
    entryPoints: {'dynamodb-worker': 'src/local/dynamodb/worker.ts'},
    plugins: [dynaliteInMemory],
  }),
  build({
    ...common,
    entryPoints: {
      'runtime-client': 'src/local/lambda/runtimes/nodejs/client.ts',
      'sandbox-names': 'src/local/lambda/sandbox/sandbox-names.ts',
    },
    banner: {},
    format: 'cjs',
    outExtension: {'.js': '.cjs'},
  }),
]);
await cp(`${root}src/local/lambda/runtimes/python/client.py`, `${dist}/runtime-client.py`);
const assetMetafiles = await buildAssets();
const metafiles = [...results.map(result => result.metafile), ...assetMetafiles];
await writeFile(`${dist}/THIRD-PARTY.txt`, await thirdPartyNotices(root, metafiles));
await chmod(`${dist}/cli.js`, 0o755);
