// Draws docs/dashboard.svg from a real run: the built app in a pseudo-terminal, on the embedded AWS, keys pressed.
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = await mkdtemp(join(tmpdir(), 'lifecycle-picture-'));

/** The test driver is TypeScript: bundle it inside the project, so that its packages are found. */
async function loadDriver() {
  const outfile = join(root, 'node_modules/.cache/lifecycle-tui/picture/test/pty/driver.mjs');
  await build({
    stdin: {
      contents: "export * from './test/pty/terminal-app.ts'; export * from './test/support/terminal-to-svg.ts';",
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    define: {'import.meta.url': JSON.stringify(pathToFileURL(join(root, 'test/pty/terminal-app.ts')).href)},
  });
  return import(pathToFileURL(outfile).href);
}

const live = (frame, count) => frame.includes(`${count} live`);
const {openTerminalApp, terminalToSvg} = await loadDriver();
const app = openTerminalApp({args: ['--idle', '10s'], env: {HOME: home, COLORTERM: 'truecolor'}});
try {
  await app.see('this machine');
  app.press('\r');
  await app.see('1 Environments', 45_000);
  app.press('b');
  await app.see(frame => live(frame, 3), 30_000);
  // One of the three is used once more before the others go, then a burst finds it warm and makes two new ones.
  await app.see(/in 0m 0[45]s/, 30_000);
  app.press('i');
  await app.see(/[12] live · [23] gone/, 30_000);
  app.press('b');
  await app.see(frame => live(frame, 3), 30_000);
  // All idle again, and one request just sent: a countdown beside a busy environment.
  await app.see(/in 0m 0[56]s/, 30_000);
  app.press('i');
  await app.see(frame => frame.includes('● invoke') || frame.includes('in 0m 10s'), 10_000);
  await writeFile(join(root, 'docs/dashboard.svg'), terminalToSvg(app.screen, 'npx lifecycle-tui'));
  app.press('q');
  await app.exited;
} finally {
  await app.close();
  await rm(home, {recursive: true, force: true});
}
console.log('docs/dashboard.svg');
