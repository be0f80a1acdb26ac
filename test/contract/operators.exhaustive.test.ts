import {afterAll, beforeAll, it} from 'vitest';
import type {Assets} from '../../src/provision/context.ts';
import {inLanes} from '../support/in-lanes.ts';
import {naming, seed} from '../support/seed.ts';
import type {RunningBackend} from './backend.ts';
import {embedded} from './embedded.ts';
import {encounters, expectPeace} from './operators.ts';
import {builtAssets} from './stack.ts';

let running: RunningBackend;
let assets: Promise<Assets>;
beforeAll(async () => {
  assets = builtAssets();
  running = await embedded.start();
});
afterAll(() => running?.stop());

it(`two operators leave a stack that one more run makes right, 24 times, seed ${seed}`, async () => {
  await inLanes(encounters(24, seed), 6, (each, lane) =>
    naming(each, () => expectPeace(running.endpoint, `operators${lane}`, assets, each)),
  );
});
