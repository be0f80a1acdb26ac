import {afterAll, beforeAll} from 'vitest';
import type {Pace} from '../../src/aws/pace.ts';
import type {Assets} from '../../src/provision/context.ts';
import type {Backend, RunningBackend} from './backend.ts';
import {builtAssets, Stack} from './stack.ts';

/** A backend that runs while the tests of one file or one `describe` do. */
export type ProvidedBackend = {
  readonly running: RunningBackend;
  readonly assets: Promise<Assets>;
  /** An operator's view of a stack on it; its clients go when the backend does. */
  open(name?: string, of?: {region?: string; assets?: Promise<Assets>; pace?: Pace}): Stack;
};

/** Starts it before the tests around here, and ends it with every stack that was opened on it after them. */
export function provideBackend(backend: Backend): ProvidedBackend {
  const stacks: Stack[] = [];
  let running: RunningBackend;
  beforeAll(async () => {
    [running] = await Promise.all([backend.start(), builtAssets()]);
  });
  afterAll(async () => {
    for (const {clients} of stacks) clients.destroy();
    await running?.stop();
  });
  return {
    get running() {
      return running;
    },
    get assets() {
      return builtAssets();
    },
    open(name = 'default', {region, assets = builtAssets(), pace} = {}) {
      const stack = new Stack(running.endpoint, name, assets, region, pace);
      stacks.push(stack);
      return stack;
    },
  };
}
