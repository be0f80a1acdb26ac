import {afterAll, beforeAll, test} from 'vitest';
import {inLanes} from '../support/in-lanes.ts';
import {naming, numbers, seed} from '../support/seed.ts';
import {expectCompletion, killAfter} from './killed-run.ts';
import {serveLocal} from './run-cli.ts';

let served: Awaited<ReturnType<typeof serveLocal>>;
beforeAll(async () => {
  served = await serveLocal();
});
afterAll(() => served.stop());

test(`kill -9 at 30 moments of deploy and of teardown, seed ${seed}`, async () => {
  const {endpoint} = served;
  const random = numbers();
  const moments = Array.from({length: 15}, () => ({
    deploy: Math.floor(random() * 34),
    teardown: Math.floor(random() * 28),
  }));
  await inLanes(moments, 2, (lines, lane) =>
    naming(lines, async () => {
      const stack = `kill-${lane}x`;
      await killAfter(endpoint, 'deploy', stack, lines.deploy);
      await expectCompletion(endpoint, 'deploy', stack);
      await killAfter(endpoint, 'teardown', stack, lines.teardown);
      await expectCompletion(endpoint, 'teardown', stack);
    }),
  );
});
