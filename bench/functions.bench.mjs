// What the target's cold start consists of, beside an empty handler, a plain one without a library, and the target with a look
// into an object in place of middy's router: turn by turn on the embedded AWS, on the machine's own node.
// The target is the one that is uploaded; the others are bundled as it is.
import {execFileSync, spawnSync} from 'node:child_process';
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {bundleHost} from './bundle-host.mjs';
import {zipOf} from './extension/variants.mjs';
import {onlyFile} from './functions/only-file.mjs';
import {median} from './median.mjs';

const rounds = 21;
const root = fileURLToPath(new URL('..', import.meta.url));
const variants = {
  empty: {entry: 'bench/functions/empty.mjs'},
  plain: {entry: 'bench/functions/plain.mjs'},
  unrouted: {
    entry: 'src/functions/target/index.ts',
    alias: {'@middy/http-router': join(root, 'bench/functions/lookup.mjs')},
  },
  ours: {zip: join(root, 'dist/assets/target.zip')},
};
const titles = {empty: 'empty handler', plain: 'plain handler', unrouted: 'ours without the router', ours: 'ours'};
const event = JSON.stringify({
  ...{httpMethod: 'GET', path: '/hello', resource: '/hello', body: null, isBase64Encoded: false},
  headers: {Host: 'abc.execute-api.eu-west-1.amazonaws.com', 'User-Agent': 'bench', Accept: '*/*'},
  queryStringParameters: null,
  requestContext: {httpMethod: 'GET', stage: 'prod', authorizer: {principalId: 'user'}},
});

async function codeOf({entry, alias, zip}) {
  if (zip) return onlyFile(await readFile(zip));
  const {outputFiles} = await build({
    ...{bundle: true, platform: 'node', format: 'esm', target: 'node20', write: false, logLevel: 'error'},
    ...{minifyWhitespace: true, minifySyntax: true, charset: 'utf8', mainFields: ['module', 'main']},
    ...{absWorkingDir: root, entryPoints: [entry], outfile: 'bundle.js', ...(alias && {alias})},
  });
  return outputFiles[0].contents;
}

/** From before the import of a module until it is there, in a process of its own, ms. */
function importMs(file) {
  const script = `const s = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - s)`;
  const {stdout} = spawnSync(process.execPath, ['--input-type=module', '-e', script], {encoding: 'utf8'});
  return Number(stdout);
}

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'bench-functions-'));
  const host = await bundleHost('functions/host');
  try {
    const names = Object.keys(variants);
    const bytes = {};
    for (const name of names) {
      const code = await codeOf(variants[name]);
      bytes[name] = code.length;
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'index.mjs'), code);
      await writeFile(join(folder, `${name}.zip`), await zipOf('index.mjs', code, 0o100644));
    }
    const imports = Object.fromEntries(names.map(name => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      names.push(names.shift());
      for (const name of names) imports[name].push(importMs(join(folder, name, 'index.mjs')));
    }
    const zips = names.map(name => `${name}=${join(folder, `${name}.zip`)}`);
    const output = execFileSync(process.execPath, [host, String(rounds), event, ...zips], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return table({imports, times: JSON.parse(output.trim().split('\n').at(-1)), bytes});
  } finally {
    await rm(host, {force: true});
    await rm(folder, {recursive: true, force: true});
  }
}

function table({imports, times, bytes}) {
  const cold = name => times[name].init.map((init, at) => init + times[name].first[at]);
  /** Of what was measured in the same round: the machine may be busier in one than in the next. */
  const ratio = (name, other) => median(cold(name).map((ms, at) => ms / cold(other)[at])).toFixed(2);
  const detail = name => {
    const {init, first, warm} = times[name];
    const texts = Object.entries({import: imports[name], init, 'first request': first, 'warm request': warm}).map(
      ([what, all]) => `${what} ${median(all).toFixed(2)} ms`,
    );
    return `${texts.join(', ')}; ${(bytes[name] / 1_024).toFixed(1)} kB`;
  };
  const others = Object.keys(variants).map(name => ({
    figure: `cold start / empty handler: ${titles[name]}`,
    value: ratio(name, 'empty'),
    bar: '–',
    detail: detail(name),
  }));
  const router = {
    figure: 'cold start: ours / ours without the router',
    value: ratio('ours', 'unrouted'),
    bar: '≤ 1.05',
    detail: `${median(cold('ours')).toFixed(1)} ms against ${median(cold('unrouted')).toFixed(1)}, medians of ${rounds}; node ${process.version}, our own figures of this run`,
  };
  return [...others, router];
}
