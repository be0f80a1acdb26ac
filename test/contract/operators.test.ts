import {afterAll, beforeAll, describe, it} from 'vitest';
import type {Assets} from '../../src/provision/context.ts';
import {inLanes} from '../support/in-lanes.ts';
import {naming, seed} from '../support/seed.ts';
import type {RunningBackend} from './backend.ts';
import {backends} from './backends.ts';
import {encounters, expectPeace} from './operators.ts';
import {builtAssets} from './stack.ts';

for (const {backend, skip} of backends) {
  describe.skipIf(skip)(`two operators on ${backend.name}`, () => {
    let running: RunningBackend;
    let assets: Promise<Assets>;
    beforeAll(async () => {
      assets = builtAssets();
      running = await backend.start();
    });
    afterAll(() => running?.stop());

    it('leave a stack that one more run makes right', {timeout: 60_000}, async () => {
      await inLanes(encounters(backend.isFast ? 8 : 2, seed), 4, (each, lane) =>
        naming(each, () => expectPeace(running.endpoint, `operators${lane}`, assets, each)),
      );
    });
  });
}
