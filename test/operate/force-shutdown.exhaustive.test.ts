import {expect, test} from 'vitest';
import type {LifecycleEvent} from '../../src/lifecycle/event.ts';
import {openSession} from '../../src/operate/session/open-session.ts';
import {openFakeEndpoint} from './fake-endpoint.ts';
import {eventually, lifecycleEvent} from './fakes.ts';

const invoke = (given: Partial<LifecycleEvent>): LifecycleEvent => lifecycleEvent({requestId: 'request-1', ...given});

test('forcing SHUTDOWN ten times leaves no timer behind, and one outcome', async () => {
  const world = await openFakeEndpoint();
  const {getState, forceShutdown, close} = await openSession(world.session);
  const timers = () => process.getActiveResourcesInfo().filter(name => name === 'Timeout').length;
  const before = timers();
  for (let n = 1; n <= 10; n++) {
    const environmentId = `env-${n}`;
    world.rows.push(invoke({environmentId}));
    await eventually(() => getState().environments.list.some(({id}) => id === environmentId), environmentId);
    world.onUpdate = () => {
      world.rows.push(invoke({environmentId, eventType: 'SHUTDOWN', shutdownReason: 'spindown', sequence: 2}));
    };
    expect(await forceShutdown({how: 'update', waitMs: 60_000})).toMatchObject({ok: true, missing: []});
    expect(getState().shutdown).toMatchObject({expected: [environmentId], seen: [{environmentId}], finished: true});
  }
  expect(getState().environments.list).toHaveLength(10);
  // Each of the polls may be waiting, and a commit may be due; one left by each order would be ten.
  expect(timers()).toBeLessThan(before + 10);
  await close();
  world.close();
});
