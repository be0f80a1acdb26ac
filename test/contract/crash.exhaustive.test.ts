import {afterAll, beforeAll, describe, it} from 'vitest';
import {inLanes} from '../support/in-lanes.ts';
import {naming, seed} from '../support/seed.ts';
import type {RunningBackend} from './backend.ts';
import {steadyBackends} from './backends.ts';
import {atEveryCall, countCalls, Mortal} from './crashes.ts';
import {builtAssets} from './stack.ts';

for (const {backend, skip} of steadyBackends) {
  describe.skipIf(skip)(`killed at every call on ${backend.name}, seed ${seed}`, () => {
    const mortals: Mortal[] = [];
    let running: RunningBackend;
    let assets: ReturnType<typeof builtAssets>;
    beforeAll(async () => {
      assets = builtAssets();
      running = await backend.start();
      for (let lane = 0; lane < 6; lane++) mortals.push(new Mortal(running.endpoint, `crash${lane}`, assets));
    });
    afterAll(async () => {
      for (const each of mortals) each.destroy();
      await running?.stop();
    });

    it.each(backend.isFast ? (['before', 'after'] as const) : (['after'] as const))(
      '%s it',
      {timeout: 300_000},
      async when => {
        const all = atEveryCall(await countCalls(running.endpoint, assets), () => when);
        // The embedded AWS has met them all; what takes seconds each meets every third, another third each time.
        const chosen = backend.isFast ? all : all.filter((_, index) => index % 3 === seed % 3);
        await inLanes(chosen, mortals.length, (crashes, lane) =>
          naming(crashes, () => mortals[lane]!.expectRecovery(crashes)),
        );
      },
    );
  });
}
