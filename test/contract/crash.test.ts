import {beforeAll, describe, it} from 'vitest';
import {inLanes} from '../support/in-lanes.ts';
import {naming, numbers, seed} from '../support/seed.ts';
import {fastBackends} from './backends.ts';
import {atEveryCall, countCalls, Mortal} from './crashes.ts';
import {provideBackend} from './provided-backend.ts';

for (const {backend, skip} of fastBackends) {
  describe.skipIf(skip)(`killed on ${backend.name}, seed ${seed}`, () => {
    const {open} = provideBackend(backend);
    const mortals: Mortal[] = [];
    beforeAll(() => {
      for (let lane = 0; lane < 6; lane++) mortals.push(new Mortal(() => open(`crash${lane}`)));
    });

    it('at a third of the calls, goes on from whatever is there', {timeout: 120_000}, async () => {
      const random = numbers();
      const counts = await countCalls(open('counting'));
      const all = atEveryCall(counts, () => (random() < 0.5 ? 'before' : 'after'));
      // The exhaustive tier has them all, before and after.
      const some = all.filter((_, index) => index % 3 === seed % 3);
      await inLanes(some, mortals.length, (crashes, lane) =>
        naming(crashes, () => mortals[lane]!.expectRecovery(crashes)),
      );
    });
  });
}
