import {describe, it} from 'vitest';
import {type Fault, faultKinds} from '../support/faults.ts';
import {inLanes} from '../support/in-lanes.ts';
import {naming, numbers, seed} from '../support/seed.ts';
import type {TestedBackend} from './backends.ts';
import {everyCall, type Meeting, provideExposed} from './exposed.ts';

export function describeFaults({backend, skip}: TestedBackend): void {
  describe.skipIf(skip)(`faults on ${backend.name}, seed ${seed}`, () => {
    const lanes = provideExposed(backend, 4);

    const takenTwice = ['CreateRestApi', 'PublishLayerVersion', 'CreateAuthorizer', 'CreateDeployment'];
    it.each(backend.isFast ? takenTwice : ['CreateAuthorizer'])(
      'makes one thing when the answer to %s was lost',
      async operation => {
        const teardown = {kind: 'slow'} as const;
        await inLanes(['failed after', 'cut after'] as const, 2, (kind, lane) =>
          lanes[lane]!.expectConvergence({deploy: {kind, operation}, teardown}),
        );
      },
    );

    const rounds = backend.isFast ? 20 : 2;
    it(`gets over ${2 * rounds} of them, each met at some call`, {timeout: 120_000}, async () => {
      const random = numbers();
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
      const fault = (calls: readonly Meeting[]): Fault => ({kind: pick(faultKinds), ...pick(calls)});
      const calls = await everyCall(lanes[0]!);
      const chosen = Array.from({length: rounds}, () => ({
        deploy: fault(calls.deploy),
        teardown: fault(calls.teardown),
      }));
      await inLanes(chosen, lanes.length, (each, lane) => naming(each, () => lanes[lane]!.expectConvergence(each)));
    });
  });
}
