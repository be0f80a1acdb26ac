import {afterAll, beforeAll, describe, it} from 'vitest';
import {inLanes} from '../support/in-lanes.ts';
import {naming, numbers, seed} from '../support/seed.ts';
import type {RunningBackend} from './backend.ts';
import {fastBackends} from './backends.ts';
import {atEveryCall, countCalls, Mortal} from './crashes.ts';
import {builtAssets} from './stack.ts';

for (const {backend, skip} of fastBackends) {
  describe.skipIf(skip)(`killed on ${backend.name}, seed ${seed}`, () => {
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

    it('at every call, goes on from whatever is there', {timeout: 120_000}, async () => {
      const random = numbers();
      const counts = await countCalls(running.endpoint, assets);
      const all = atEveryCall(counts, () => (random() < 0.5 ? 'before' : 'after'));
      await inLanes(all, mortals.length, (crashes, lane) =>
        naming(crashes, () => mortals[lane]!.expectRecovery(crashes)),
      );
    });
  });
}
