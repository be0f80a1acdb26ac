// Records recordings/demo.ndjson, the session that comes along: the built app in a pseudo-terminal, on the embedded
// AWS, keys pressed. About two minutes.
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {homedir, hostname, tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {loadSupport, root} from './load-support.mjs';

const mostBytes = 300_000;
const {openTerminalApp} = await loadSupport('test/pty/terminal-app.ts');
const home = await mkdtemp(join(tmpdir(), 'lifecycle-record-'));
const app = openTerminalApp({args: ['--idle', '10s', '--quiet'], env: {HOME: home, XDG_STATE_HOME: home}});
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const live = count => frame => frame.includes(`${count} live`);

try {
  await app.see('this machine');
  app.press('\r');
  await app.see('1 Environments', 45_000);
  await wait(2_000);
  app.press('i');
  await app.see(/○ idle .*in 0m/, 30_000);
  await wait(3_000);
  app.press('b');
  await app.see(live(3), 30_000);
  // One of the three is used once more, the others go by themselves; then that one goes as well.
  await app.see(/in 0m 0[45]s/, 30_000);
  app.press('i');
  await app.see(live(1), 30_000);
  await app.see(live(0), 30_000);
  app.press('b');
  await app.see(live(3), 30_000);
  await app.see(/in 0m 0[67]s/, 30_000);
  app.press('i');
  await wait(1_500);
  app.press('x');
  await app.see(live(0), 30_000);
  await wait(2_000);
  app.press('i');
  await app.see(/○ idle .*in 0m 0/, 30_000);
  await wait(2_000);
  app.press('T');
  await app.see('Tear down?');
  app.press('\r');
  await app.see('done in', 30_000);
  await wait(500);
  app.press('\r');
  await app.see('Where shall the demo run?');
  app.press('q');
  await app.exited;

  const [folder] = await readdir(join(home, 'lifecycle-tui'));
  const file = join(home, 'lifecycle-tui', folder, 'session.ndjson');
  const text = await readFile(file, 'utf8');
  for (const told of [home, homedir(), tmpdir(), userInfo().username, hostname()]) {
    if (text.includes(told)) throw new Error(`The recording tells of this machine: ${told}`);
  }
  if (text.length > mostBytes) throw new Error(`The recording has ${text.length} bytes, ${mostBytes} are allowed`);
  await mkdir(join(root, 'recordings'), {recursive: true});
  await writeFile(join(root, 'recordings/demo.ndjson'), text);
  console.log(`recordings/demo.ndjson, ${text.length} bytes`);
} finally {
  await app.close();
  await rm(home, {recursive: true, force: true});
}
