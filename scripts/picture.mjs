// Draws the README's pictures, for dark and for light pages: the app in a headless terminal plays the shipped recording
// up to a moment and stands still there. The same recording always gives the same pictures.
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {loadSupport, root} from './load-support.mjs';

process.env.TZ = 'UTC';
// Read when Ink is loaded: the themes' own colours, wherever this runs.
process.env.FORCE_COLOR = '3';

const recording = join(root, 'recordings/demo.ndjson');
const {fakeBackend, openDriver, openReplay, terminalToSvg} = await loadSupport(
  'test/support/tui-driver.tsx',
  'test/support/fake-backend.ts',
  'test/support/terminal-to-svg.ts',
  'src/operate/replay/open-replay.ts',
);

const messages = (await readFile(recording, 'utf8')).trimEnd().split('\n').map(JSON.parse);
const timeOf = message => Date.parse(message?.at);
const deployment = ['begin', 'end'].map(type =>
  timeOf(messages.find(one => one.type === type && one.part === 'deploy')),
);
const forced = messages.findIndex(one => one.type === 'shutdown');

const pictures = [
  // Some resources are there, some are being made.
  {name: 'deploy', at: deployment[0] + (deployment[1] - deployment[0]) * 0.6},
  // The last burst before SHUTDOWN is forced: busy environments, one that counts down, some that have gone.
  {name: 'dashboard', at: timeOf(messages.slice(0, forced).findLast(one => one.type === 'request')) + 650},
];

for (const {name, at} of pictures) {
  for (const theme of ['dark', 'light']) {
    const replay = await openReplay({path: recording, speed: 1});
    const driver = await openDriver(fakeBackend(), {replay, theme});
    await replay.seek(Math.round(at));
    // As it was when it was recorded.
    driver.app.store.set({replay: undefined, toast: undefined});
    driver.app.store.flush();
    await driver.frame();
    await writeFile(join(root, `docs/${name}-${theme}.svg`), terminalToSvg(driver.screen, 'npx lifecycle-tui', theme));
    console.log(`docs/${name}-${theme}.svg`);
    replay.close();
    await driver.close();
  }
}
