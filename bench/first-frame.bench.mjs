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

/** Milliseconds until `word` comes out of the terminal, and until `answer` does to `key`, pressed at once. */
function untilWord(home, args, word, key = 'q', answer = undefined) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const pty = spawn(process.execPath, args, {cols: 120, rows: 40, env: {...process.env, HOME: home}});
    const deadline = setTimeout(() => pty.kill('SIGKILL'), 10_000);
    let output = '';
    let shownAt;
    let answeredAt;
    pty.onData(data => {
      output += data;
      if (shownAt === undefined && output.includes(word)) {
        shownAt = performance.now() - startedAt;
        pty.write(key);
      }
      if (answer !== undefined && answeredAt === undefined && output.includes(answer)) {
        answeredAt = performance.now() - startedAt;
        pty.write('\x03');
      }
    });
    pty.onExit(() => {
      clearTimeout(deadline);
      if (shownAt === undefined) reject(new Error(`${word} never came:\n${output}`));
      else resolve({shownAt, answeredAt});
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
    const helloFile = await buildHello(folder);
    const menu = join(root, 'bin/lifecycle-tui.js');
    const times = {hello: [], menu: [], key: []};
    for (let round = 0; round <= rounds; round += 1) {
      const hello = await untilWord(folder, [helloFile], 'hello-frame');
      const ours = await untilWord(folder, [menu], 'this machine', '?', 'type to search');
      // The first round only fills the caches.
      if (round > 0) {
        times.hello.push(hello.shownAt);
        times.menu.push(ours.shownAt);
        times.key.push(ours.answeredAt);
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
      {
        figure: 'a key pressed there is answered / the same',
        value: (median(times.key) / median(times.hello)).toFixed(2),
        bar: '–',
        detail: `after ${Math.round(median(times.key))} ms: the renderer is loaded behind the frame`,
      },
    ];
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}
