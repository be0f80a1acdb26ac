import {afterAll, beforeAll, describe, it} from 'vitest';
import type {RunningBackend} from './backend.ts';
import {backends} from './backends.ts';
import {type Crash, countWrites, expectRecovery} from './crashes.ts';
import {builtAssets} from './stack.ts';

const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 100_000);

for (const {backend, skip} of backends) {
  describe.skipIf(skip)(`killed on ${backend.name}, seed ${seed}`, () => {
    let running: RunningBackend;
    let assets: ReturnType<typeof builtAssets>;
    beforeAll(async () => {
      assets = builtAssets();
      running = await backend.start();
    });
    afterAll(() => running?.stop());

    it('goes on from whatever is there', async () => {
      const writes = await countWrites(running.endpoint, assets);
      const random = numbers(seed);
      for (const during of ['deploy', 'deploy', 'deploy', 'deploy', 'teardown', 'teardown'] as const) {
        const crash: Crash = {
          during,
          index: Math.floor(random() * writes[during]),
          when: random() < 0.5 ? 'before' : 'after',
        };
        await naming(crash, () => expectRecovery(running.endpoint, assets, crash));
      }
    });
  });
}

async function naming(crash: Crash, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (cause) {
    throw new Error(`After ${JSON.stringify(crash)}, LIFECYCLE_SEED=${seed}`, {cause});
  }
}

/** Repeatable numbers from 0 to 1 (a linear congruential generator). */
function numbers(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
