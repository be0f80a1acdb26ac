import {beforeAll, describe, expect, it} from 'vitest';
import {Faults} from '../support/faults.ts';
import {inLanes} from '../support/in-lanes.ts';
import {naming, numbers, seed} from '../support/seed.ts';
import type {TestedBackend} from './backends.ts';
import {expectComplete, expectGone} from './completeness.ts';
import {countCalls} from './crashes.ts';
import {provideBackend} from './provided-backend.ts';
import type {Stack} from './stack.ts';

/** Runs that are stopped, cut off or slowed down, at `rounds` calls of a deployment and as many of a teardown. */
export function describeInterruptions({backend, skip}: TestedBackend, rounds: number): void {
  describe.skipIf(skip)(`interrupted on ${backend.name}, seed ${seed}`, () => {
    const {open} = provideBackend(backend);
    const random = numbers();
    let counts: Awaited<ReturnType<typeof countCalls>>;
    beforeAll(async () => {
      counts = await countCalls(open('counting'));
    });

    /** Some calls of a run, spread over all of it, the first one among them. */
    const someOf = (count: number, wanted: number): number[] => [
      ...new Set(
        Array.from({length: wanted}, (_, at) => (at === 0 ? 0 : Math.floor(((at + random()) * count) / wanted))),
      ),
    ];

    it('stops after the calls in flight, at whichever call, and goes on the next time', async () => {
      const stopAt = async (run: 'deploy' | 'teardown', index: number) => {
        const stack = open(`${run}-stop-${index}`);
        if (run === 'teardown') await stack.deploy();
        const stop = new AbortController();
        let [begun, ended] = [0, 0];
        stack.way = async send => {
          if (begun++ === index) stop.abort();
          return send().finally(() => ended++);
        };
        const result = await (run === 'deploy' ? stack.deploy({}, stop.signal) : stack.teardown({}, stop.signal));
        // The last calls of a teardown look at what is gone already.
        if (run === 'deploy' || !result.ok) expect(result).toMatchObject({ok: false, stopped: true});
        expect(ended).toBe(begun);
        expect(stack.errors()).toEqual([]);
        await goOn(run, open(stack.names.stack));
      };
      const all = (['deploy', 'teardown'] as const).flatMap(run =>
        someOf(counts[run] - 4, rounds).map(index => ({run, index})),
      );
      await inLanes(all, 12, each => naming(each, () => stopAt(each.run, each.index)));
    });

    it.each([
      ['nothing answers', 'cut before', {kind: 'failed', title: 'AWS did not answer'}],
      ['the credentials have expired', 'expired', {kind: 'no-credentials', title: 'The AWS credentials have expired'}],
    ] as const)('tells once, and soon, that %s from some call on', {timeout: 60_000}, async (_, kind, problem) => {
      const loseAt = async (run: 'deploy' | 'teardown', index: number) => {
        const stack = open(`${run}-${kind.slice(0, 3)}-${index}`);
        const faults = new Faults();
        if (run === 'teardown') await stack.deploy();
        stack.forget();
        stack.meet(faults.traffic);
        faults.add({kind, at: index, times: Number.POSITIVE_INFINITY});
        const started = performance.now();
        await expect(run === 'deploy' ? stack.deploy() : stack.teardown()).rejects.toMatchObject(problem);
        expect(performance.now() - started).toBeLessThan(40_000);
        expect(stack.errors()).toEqual([]);
        await goOn(run, open(stack.names.stack));
      };
      const all = (['deploy', 'teardown'] as const).flatMap(run =>
        someOf(counts[run] - 4, rounds / 2).map(index => ({run, index})),
      );
      await inLanes(all, 12, each => naming(each, () => loseAt(each.run, each.index)));
    });

    it('sits a storm of throttling out in one run', {timeout: 60_000}, async () => {
      const stack = open('storm');
      const faults = new Faults();
      stack.meet(faults.traffic);
      // More than the four attempts of the SDK.
      faults.add({kind: 'throttled', times: 5});
      expect(await stack.deploy()).toMatchObject({ok: true});
      await expectComplete(stack);
      for (const service of ['iam', 'lambda', 'dynamodb', 'apigateway', 'logs']) {
        faults.add({kind: 'throttled', service, times: 1});
      }
      expect(await stack.teardown()).toMatchObject({ok: true, left: []});
      await expectGone(stack);
    });

    async function goOn(run: 'deploy' | 'teardown', stack: Stack): Promise<void> {
      expect(await (run === 'deploy' ? stack.deploy() : stack.teardown())).toMatchObject({ok: true});
      await (run === 'deploy' ? expectComplete(stack) : expectGone(stack));
      // The lists of a service are read by their first page.
      if (run === 'deploy') expect(await stack.teardown()).toMatchObject({ok: true});
    }
  });
}
