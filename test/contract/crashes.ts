import {GetRestApisCommand} from '@aws-sdk/client-api-gateway';
import {expect} from 'vitest';
import type {Assets} from '../../src/provision/context.ts';
import {Stack} from './stack.ts';

export type Crash = {during: 'deploy' | 'teardown'; index: number; when: 'before' | 'after'};

/** How many calls change something in a first deployment and in the teardown after it. */
export async function countWrites(endpoint: string, assets: Promise<Assets>): Promise<Record<Crash['during'], number>> {
  const stack = new Stack(endpoint, 'counting', assets);
  try {
    await stack.deploy();
    const writes = stack.writes().length;
    stack.forget();
    await stack.teardown();
    return {deploy: writes, teardown: stack.writes().length};
  } finally {
    stack.clients.destroy();
  }
}

/** Dies at the given call, then expects that the next deployment and the next teardown come out as if nothing had happened. */
export async function expectRecovery(endpoint: string, assets: Promise<Assets>, crash: Crash): Promise<void> {
  const [dying, next] = [new Stack(endpoint, 'crash', assets), new Stack(endpoint, 'crash', assets)];
  try {
    if (crash.during === 'teardown') await dying.deploy();
    dying.dieAt(crash.index, crash.when);
    const result = crash.during === 'deploy' ? await dying.deploy() : await dying.teardown();
    expect(result.ok).toBe(false);

    if (crash.during === 'deploy') {
      const recovered = await next.deploy();
      expect(next.errors()).toEqual([]);
      expect(recovered.ok).toBe(true);
      const {state, resources} = await next.status();
      expect({state, drift: next.drift(resources)}).toEqual({state: 'deployed', drift: []});
      const {items} = await next.clients.apigateway.send(new GetRestApisCommand({limit: 500}));
      expect(items?.filter(({name}) => name === next.names.api)).toHaveLength(1);
    }
    expect(await next.teardown()).toMatchObject({ok: true, left: []});
    expect(await next.status()).toMatchObject({state: 'absent'});
  } finally {
    dying.clients.destroy();
    next.clients.destroy();
  }
}
