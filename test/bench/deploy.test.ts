import {afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {recordDeploy} from '../../bench/deploy/recorded.ts';
import {removals} from '../../bench/deploy/removal.ts';
import {deployByScript, removeByScript} from '../../bench/deploy/script.ts';
import {shellLike} from '../../bench/deploy/shell.ts';
import {deployByWaiters, removeByWaiters} from '../../bench/deploy/stock.ts';
import {sdkSender, stockClients} from '../../bench/deploy/stock-clients.ts';
import {createClients} from '../../src/aws/clients.ts';
import {apiUrl} from '../../src/provision/api-url.ts';
import type {RunningBackend} from '../contract/backend.ts';
import {embeddedLikeAws} from '../contract/embedded.ts';
import {builtAssets, Stack} from '../contract/stack.ts';

const timeScale = 0.01;

// What is compared must be the same stack, else the figures say nothing.
describe('the ways that the bench compares with ours', () => {
  let assets: ReturnType<typeof builtAssets>;
  let backend: RunningBackend;
  let stack: Stack;

  beforeAll(() => {
    assets = builtAssets();
    return assets.then(() => {});
  });
  beforeEach(async () => {
    backend = await embeddedLikeAws.start();
    stack = new Stack(backend.endpoint, 'default', assets);
  });
  afterEach(async () => {
    stack.clients.destroy();
    await backend.stop();
  });

  const state = async () => {
    const found = await stack.status();
    return {state: found.state, drift: stack.drift(found.resources)};
  };

  async function prepared() {
    const {target, names} = stack;
    const clients = createClients(target);
    const calls = await recordDeploy({target, clients, names, assets});
    clients.destroy();
    expect(await state()).toEqual({state: 'absent', drift: []});
    return {calls, url: (apiId: string) => apiUrl(target, apiId, names), clients: stockClients(backend.endpoint)};
  }

  test('one call after the other', async () => {
    const {calls, url, clients} = await prepared();
    const shell = shellLike(sdkSender(clients), timeScale);
    const {apiId} = await deployByScript(calls, {shell, url, timeScale});
    expect(await state()).toEqual({state: 'deployed', drift: []});
    await removeByScript(removals(stack.names, apiId), {shell, timeScale});
    await expect.poll(state, {timeout: 10_000}).toEqual({state: 'absent', drift: []});
  });

  test('in parallel with the SDK’s waiters', async () => {
    const {calls, url, clients} = await prepared();
    const {apiId} = await deployByWaiters(calls, {clients, url, timeScale});
    expect(await state()).toEqual({state: 'deployed', drift: []});
    await removeByWaiters(removals(stack.names, apiId), {clients, timeScale});
    expect(await state()).toEqual({state: 'absent', drift: []});
  });
});
