import {expect, test} from 'vitest';
import type {LocalProcess} from '../../../src/operate/local-process.ts';
import {createOwnLocal} from '../../../src/tui/backend/own-local.ts';
import {eventually} from '../../operate/fakes.ts';

const endpoint = 'http://127.0.0.1:4566';

function localProcess() {
  let end: () => void = () => {};
  const exited = new Promise<void>(resolve => {
    end = resolve;
  });
  const idleWindow = {minMs: 1, maxMs: 2};
  const local: LocalProcess = {endpoint, pid: 1, sandbox: 'portable', idleWindow, exited, stop: async () => end()};
  return local;
}

test('an embedded AWS of ours has a receiver for as long as it runs, a foreign endpoint never', async () => {
  const own = createOwnLocal(async () => localProcess());
  expect(own.receiverAt(endpoint)).toBeUndefined();
  const local = await own.start({});
  const receiver = own.receiverAt(endpoint)!;
  expect(receiver.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{48}$/);
  expect(own.receiverAt('http://127.0.0.1:4567')).toBeUndefined();
  expect(own.receiverAt(undefined)).toBeUndefined();
  expect((await fetch(receiver.url)).status).toBe(405);
  await local.stop();
  await eventually(() => own.receiverAt(endpoint) === undefined, 'the receiver to be forgotten');
  await expect(fetch(receiver.url)).rejects.toThrow();
});

test('each start has a receiver and a secret of its own', async () => {
  const own = createOwnLocal(async () => localProcess());
  const first = await own.start({});
  const before = own.receiverAt(endpoint)!.url;
  await first.stop();
  await eventually(() => own.receiverAt(endpoint) === undefined, 'the receiver to be forgotten');
  const second = await own.start({});
  const after = own.receiverAt(endpoint)!.url;
  expect(new URL(after).pathname).not.toBe(new URL(before).pathname);
  await second.stop();
});
