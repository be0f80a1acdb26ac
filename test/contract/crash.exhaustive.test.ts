import {beforeAll, describe, it} from 'vitest';
import {inLanes} from '../support/in-lanes.ts';
import {naming, seed} from '../support/seed.ts';
import {steadyBackends} from './backends.ts';
import {atEveryCall, countCalls, Mortal} from './crashes.ts';
import {provideBackend} from './provided-backend.ts';

for (const {backend, skip} of steadyBackends) {
  describe.skipIf(skip)(`killed at every call on ${backend.name}, seed ${seed}`, () => {
    const {open} = provideBackend(backend);
    const mortals: Mortal[] = [];
    beforeAll(() => {
      for (let lane = 0; lane < 6; lane++) mortals.push(new Mortal(() => open(`crash${lane}`)));
    });

    it.each(backend.isFast ? (['before', 'after'] as const) : (['after'] as const))(
      '%s it',
      {timeout: 300_000},
      async when => {
        const all = atEveryCall(await countCalls(open('counting')), () => when);
        // The embedded AWS has met them all; what takes seconds each meets every third, another third each time.
        const chosen = backend.isFast ? all : all.filter((_, index) => index % 3 === seed % 3);
        await inLanes(chosen, mortals.length, (crashes, lane) =>
          naming(crashes, () => mortals[lane]!.expectRecovery(crashes)),
        );
      },
    );
  });
}
