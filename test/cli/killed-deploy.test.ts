import {afterAll, beforeAll, test} from 'vitest';
import {naming, numbers, seed} from '../support/seed.ts';
import {expectCompletion, killAfter} from './killed-run.ts';
import {serveLocal} from './run-cli.ts';

let served: Awaited<ReturnType<typeof serveLocal>>;
beforeAll(async () => {
  served = await serveLocal();
});
afterAll(() => served.stop());

// Without its smoke test, which the exhaustive tier has, a deployment says 33 lines, a teardown 28: the kills are spread over all of either.
const random = numbers();
const line = (third: number, lines: number) => Math.floor(((third + random()) * lines) / 3);

test.each([0, 1, 2])(
  `kill -9 of deploy, the next completes it, and of teardown, likewise (third %i, seed ${seed})`,
  async third => {
    const {endpoint} = served;
    const stack = `kill-${third}x`;
    const lines = {deploy: line(third, 33), teardown: line(third, 28)};
    await naming(lines, async () => {
      await killAfter(endpoint, 'deploy', stack, lines.deploy, '--no-smoke');
      await expectCompletion(endpoint, 'deploy', stack, '--no-smoke');
      await killAfter(endpoint, 'teardown', stack, lines.teardown);
      await expectCompletion(endpoint, 'teardown', stack);
    });
  },
);

test('kill -9 of deploy: teardown removes what is there', async () => {
  const {endpoint} = served;
  await killAfter(endpoint, 'deploy', 'gone', line(1, 33), '--no-smoke');
  await expectCompletion(endpoint, 'teardown', 'gone');
});
