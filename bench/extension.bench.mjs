// What shutdown-notifier costs: one function without an extension, with a bare one that only registers, with ours, and with
// ours on the SDK's client, turn by turn on the embedded AWS. The machine's own node runs them all.
import {execFileSync} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {buildLayers, zipOf} from './extension/variants.mjs';
import {median} from './median.mjs';

const rounds = 20;
const root = fileURLToPath(new URL('..', import.meta.url));

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'bench-extension-'));
  const host = join(root, 'dist/bench-extension.mjs');
  try {
    const layers = await buildLayers();
    const layerArguments = [];
    for (const [name, zip] of Object.entries(layers)) {
      const file = zip ? join(folder, `${name}.zip`) : '';
      if (zip) await writeFile(file, zip);
      layerArguments.push(`${name}=${file}`);
    }
    const code = join(folder, 'function.zip');
    const handler = await readFile(join(root, 'bench/rivals/handler.js'));
    await writeFile(code, await zipOf('handler.js', handler, 0o100644));
    await build({
      ...{entryPoints: [join(root, 'bench/extension/host.ts')], outfile: host, bundle: true, logLevel: 'error'},
      ...{platform: 'node', format: 'esm', target: 'node20'},
      banner: {
        js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
      },
    });
    const output = execFileSync(process.execPath, [host, code, String(rounds), ...layerArguments], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const shipped = await readFile(join(root, 'dist/assets/layer.zip'));
    return table(JSON.parse(output.trim().split('\n').at(-1)), {...layers, ours: shipped});
  } finally {
    await rm(host, {force: true});
    await rm(folder, {recursive: true, force: true});
  }
}

function table({times, put}, layers) {
  const of = (name, figure) => median(times[name][figure]);
  const ratio = (name, figure, other) => (of(name, figure) / of(other, figure)).toFixed(2);
  const trip = median(put);
  const rows = [];
  for (const name of ['ours', 'sdk']) {
    const title = name === 'ours' ? 'ours' : 'SDK client';
    const bar = text => (name === 'ours' ? text : '–');
    const added = of(name, 'init') - of('none', 'init');
    const bareAdded = of('bare', 'init') - of('none', 'init');
    rows.push(
      {
        figure: `cold start / bare extension: ${title}`,
        value: ratio(name, 'cold', 'bare'),
        bar: bar('≤ 1.25'),
        detail: `${of(name, 'cold').toFixed(0)} ms, bare ${of('bare', 'cold').toFixed(0)}, none ${of('none', 'cold').toFixed(0)}; init adds ${added.toFixed(0)} ms, bare ${bareAdded.toFixed(0)}`,
      },
      {
        figure: `busy after the response / one PutItem: ${title}`,
        value: (of(name, 'busy') / trip).toFixed(2),
        bar: bar('≤ 1.5'),
        detail: `${of(name, 'busy').toFixed(1)} ms, bare ${of('bare', 'busy').toFixed(1)}; PutItem ${trip.toFixed(1)}`,
      },
      {
        figure: `memory / bare extension: ${title}`,
        value: ratio(name, 'rss', 'bare'),
        bar: bar('≤ 1.15'),
        detail: `${(of(name, 'rss') / 1_024).toFixed(1)} MB after nine events, bare ${(of('bare', 'rss') / 1_024).toFixed(1)}`,
      },
      {
        figure: `layer's zip: ${title}`,
        value: `${(layers[name].length / 1_024).toFixed(1)} kB`,
        bar: bar('≤ 30 kB'),
        detail: '',
      },
    );
  }
  return rows;
}
