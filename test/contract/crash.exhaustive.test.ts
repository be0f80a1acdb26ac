import {afterAll, beforeAll, describe, it} from 'vitest';
import type {RunningBackend} from './backend.ts';
import {backends} from './backends.ts';
import {countWrites, expectRecovery} from './crashes.ts';
import {builtAssets} from './stack.ts';

for (const {backend, skip} of backends) {
  describe.skipIf(skip)(`killed at every call on ${backend.name}`, () => {
    let running: RunningBackend;
    let assets: ReturnType<typeof builtAssets>;
    beforeAll(async () => {
      assets = builtAssets();
      running = await backend.start();
    });
    afterAll(() => running?.stop());

    for (const during of ['deploy', 'teardown'] as const) {
      for (const when of ['before', 'after'] as const) {
        it(`${during}, ${when} the call`, {timeout: 300_000}, async () => {
          const writes = (await countWrites(running.endpoint, assets))[during];
          for (let index = 0; index < writes; index++) {
            await expectRecovery(running.endpoint, assets, {during, index, when});
          }
        });
      }
    }
  });
}
