// Time from start to the first frame of the menu, against a bundled Ink program that draws one word.
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {spawn} from '@lydell/node-pty';
import {build} from 'esbuild';
import {withoutDevtools} from '../scripts/bundle-plugins.mjs';
import {median} from './median.mjs';

const rounds = 15;
const root = fileURLToPath(new URL('..', import.meta.url));

/** Milliseconds until `word` comes out of the terminal. */
function untilWord(home, args, word) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const pty = spawn(process.execPath, args, {cols: 120, rows: 40, env: {...process.env, HOME: home}});
    const deadline = setTimeout(() => pty.kill('SIGKILL'), 10_000);
    let output = '';
    let shownAt;
    pty.onData(data => {
      output += data;
      if (shownAt !== undefined || !output.includes(word)) return;
      shownAt = performance.now() - startedAt;
      pty.write('q');
    });
    pty.onExit(() => {
      clearTimeout(deadline);
      if (shownAt === undefined) reject(new Error(`${word} never came:\n${output}`));
      else resolve(shownAt);
    });
  });
}

async function buildHello(folder) {
  const outfile = join(folder, 'hello.mjs');
  await build({
    stdin: {
      contents: `import {render, Text, useApp, useInput} from 'ink'; import {createElement as h} from 'react';
        function Hello() { const {exit} = useApp(); useInput(() => exit()); return h(Text, null, 'hello-frame'); }
        render(h(Hello), {alternateScreen: true});`,
      resolveDir: root,
      loader: 'js',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    minifyWhitespace: true,
    minifySyntax: true,
    define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
    plugins: [withoutDevtools],
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  });
  return outfile;
}

export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'lifecycle-bench-'));
  try {
    const hello = await buildHello(folder);
    const menu = join(root, 'bin/lifecycle-tui.js');
    const times = {hello: [], menu: []};
    for (let round = 0; round <= rounds; round += 1) {
      const helloMs = await untilWord(folder, [hello], 'hello-frame');
      const menuMs = await untilWord(folder, [menu], 'this machine');
      // The first round only fills the caches.
      if (round > 0) {
        times.hello.push(helloMs);
        times.menu.push(menuMs);
      }
    }
    const ratio = median(times.menu) / median(times.hello);
    return [
      {
        figure: 'first frame of the menu / bundled Ink hello',
        value: ratio.toFixed(2),
        bar: '≤ 1.15',
        detail: `${Math.round(median(times.menu))} ms against ${Math.round(median(times.hello))} ms, medians of ${rounds}`,
      },
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
