import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {openPlayer} from '../../support/open-app.ts';

const demo = fileURLToPath(new URL('../../../recordings/demo.ndjson', import.meta.url));

const play = (speed: number) => openPlayer(demo, speed);

test('a replay shows the deployment, then the dashboard, and stays at its end', async () => {
  const {app, replay, backend} = await play(1);
  const first = await app.see('Deploy stack default');
  expect(first).toContain('▶ replay ×1');
  await replay.seek(Date.parse(replay.start.at) + 20_000);
  const dashboard = await app.see('1 Environments');
  expect(dashboard).toContain('‖ replay ×1');
  expect(dashboard).toMatch(/○ idle .*in 0m \d\ds/);
  await replay.seek(Number.MAX_SAFE_INTEGER);
  await app.see('■ end of the recording');
  const last = replay.now();
  expect(backend.stacks.size).toBe(0);
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(replay.now()).toBe(last);
  await app.press('q');
  expect(await app.app.exited).toBe(0);
});

test('space pauses and goes on, . steps, ( and ) change the speed', async () => {
  const {app, replay} = await play(100);
  await app.press(' ');
  await app.see('‖ replay ×100');
  const stood = replay.now();
  await app.press('.');
  await app.see('‖ replay ×100');
  const stepped = replay.now();
  expect(stepped).toBeGreaterThanOrEqual(stood);
  await new Promise(resolve => setTimeout(resolve, 20));
  expect(replay.now()).toBe(stepped);
  await app.press('(');
  await app.see('‖ replay ×60');
  await app.press('))');
  await app.see('‖ replay ×300');
  await app.press(':speed 1001\r');
  await app.see('takes a number from 0.1 to 1000');
  await app.press('\x15speed 7.5\r');
  await app.see('‖ replay ×7.5');
  await app.press(':speed 300\r');
  await app.press(' ');
  await app.see('end of the recording');
});

test('keys that change something say that they are off', async () => {
  const {app, replay} = await play(1);
  await replay.seek(Date.parse(replay.start.at) + 20_000);
  await app.see('1 Environments');
  for (const key of ['i', 'b', 'r', 'x', 'D', 'T']) {
    await app.press(key);
    await app.see(`${key}: off: this is a replay`);
  }
  await app.press('\x1b');
  await app.see('This is a replay: q quits.');
  expect(app.app.store.get().screen).toBe('dashboard');
});
