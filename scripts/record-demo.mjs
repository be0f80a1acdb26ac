// Records recordings/demo.ndjson, the session that comes along: the built app in a pseudo-terminal, on the embedded
// AWS, keys pressed. About two minutes.
import {execFile} from 'node:child_process';
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {homedir, hostname, tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {loadSupport, root} from './load-support.mjs';

const mostBytes = 300_000;
const {openTerminalApp} = await loadSupport('test/pty/terminal-app.ts');
const home = await mkdtemp(join(tmpdir(), 'lifecycle-record-'));
const app = openTerminalApp({args: ['--idle', '18s', '--quiet'], env: {HOME: home, XDG_STATE_HOME: home}});
const execute = promisify(execFile);
const idle = /○ idle .*in 0m/;
const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
const live = count => frame => frame.includes(`${count} live`);

try {
  await app.see('this machine');
  app.press('\r');
  const opened = await app.see('1 Environments', 45_000);
  const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(opened)[0];
  await wait(2_000);
  app.press('i');
  await app.see(idle, 30_000);
  await wait(3_000);
  app.press('b');
  await app.see(live(3), 30_000);
  // One of the three is used once more, the others go by themselves, then that one goes as well.
  await app.see(/in 0m 0[78]s/, 30_000);
  app.press('i');
  await app.see(live(1), 30_000);
  app.press('b');
  await app.see(live(3), 30_000);
  await wait(6_000);
  // Two of three: busy ones beside one that counts down. This is the moment of the pictures.
  app.press('[');
  await app.see('burst of 2');
  app.press('b');
  await wait(6_000);
  app.press('x');
  await app.see(live(0), 30_000);
  await wait(2_000);
  app.press('i');
  await app.see(idle, 30_000);
  await wait(1_000);
  // A request that hangs: the environment is reset when the function's timeout is over.
  await execute(process.execPath, [
    join(root, 'bin/lifecycle-tui.js'),
    ...['shutdown', '--how', 'timeout', '--endpoint-url', endpoint, '--yes'],
  ]);
  await app.see('reason timeout', 30_000);
  await wait(1_500);
  app.press('i');
  await app.see(idle, 30_000);
  await wait(3_000);
  app.press('T');
  await app.see('Tear down?');
  // What goes is counted before it can be agreed to.
  await wait(1_000);
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
