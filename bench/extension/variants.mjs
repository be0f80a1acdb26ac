import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {ZipFile} from 'yazl';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ours = join(root, 'src/extension/shutdown-notifier/main.ts');
const sdkTable = {
  name: 'sdk-table',
  setup({onResolve}) {
    onResolve({filter: /\/table\.ts$/}, () => ({path: join(root, 'bench/extension/sdk-table.ts')}));
  },
};

/** The layers' zips by name, all built as the product's is. `undefined`: no layer. */
export async function buildLayers() {
  return {
    none: undefined,
    bare: await layer(join(root, 'bench/extension/bare.ts')),
    ours: await layer(ours),
    sdk: await layer(ours, [sdkTable]),
  };
}

async function layer(entry, plugins = []) {
  const {outputFiles} = await build({
    ...{entryPoints: [entry], plugins, bundle: true, write: false, platform: 'node', target: 'node20', format: 'cjs'},
    ...{minify: true, legalComments: 'none', charset: 'utf8', banner: {js: '#!/usr/bin/env node'}, logLevel: 'error'},
  });
  return zipOf('extensions/shutdown-notifier', outputFiles[0].contents, 0o100755);
}

/** One file, stored. */
export async function zipOf(path, bytes, mode) {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(bytes), path, {mode, compress: false});
  zip.end();
  const chunks = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
