import {afterAll, beforeAll, expect, it} from 'vitest';
import type {StepMessage} from '../../src/lifecycle/message.ts';
import {deploy} from '../../src/provision/deploy.ts';
import {teardown} from '../../src/provision/teardown.ts';
import type {RunningBackend} from './backend.ts';
import {embedded} from './embedded.ts';
import {builtAssets, Stack} from './stack.ts';

let running: RunningBackend;
beforeAll(async () => {
  running = await embedded.start();
});
afterAll(() => running?.stop());

const options = {ttlSeconds: 1_200, smoke: false};

it('on AWS every step says what it usually takes, on this machine none does', async () => {
  const stack = new Stack(running.endpoint, 'default', builtAssets());
  const steps = () => stack.messages.filter((one): one is StepMessage => one.type === 'step');
  const {endpoint: _, ...aws} = stack.target;
  try {
    expect((await deploy({...stack.request(), target: aws, options})).ok).toBe(true);
    const [before, after] = [0, 10].map(from => steps().slice(from, from + 10));
    expect(before!.every(({status, expectedMs}) => status === 'waiting' && expectedMs === undefined)).toBe(true);
    expect(after!.every(({status, expectedMs}) => status === 'waiting' && expectedMs !== undefined)).toBe(true);
    expect(steps().find(({id, status}) => id === 'table' && status === 'running')?.expectedMs).toBeGreaterThan(5_000);

    stack.forget();
    await deploy({...stack.request(), target: aws, options});
    expect(steps().find(({id, status}) => id === 'table' && status === 'running')?.expectedMs).toBeLessThan(1_000);

    stack.forget();
    await deploy({...stack.request(), options});
    expect(steps().some(({expectedMs}) => expectedMs !== undefined)).toBe(false);

    stack.forget();
    const flushed = new AbortController();
    const emit = (one: Parameters<typeof stack.messages.push>[0]) => {
      stack.messages.push(one);
      // The wait for late log lines is AWS's own.
      if (one.type === 'notice') flushed.abort();
    };
    expect((await teardown({...stack.request(flushed.signal), target: aws, emit})).left).toEqual([]);
    expect(steps().every(({expectedMs}) => expectedMs !== undefined)).toBe(true);
  } finally {
    stack.clients.destroy();
  }
});
