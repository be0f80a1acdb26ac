import {randomInt} from 'node:crypto';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {FunctionVersion, LambdaFunction} from '../../../../src/local/lambda/functions/model.ts';
import {FunctionStore} from '../../../../src/local/lambda/functions/store.ts';
import {Invoker} from '../../../../src/local/lambda/invoke/invoker.ts';
import {Concurrency} from '../../../../src/local/lambda/pool/concurrency.ts';
import {Pool} from '../../../../src/local/lambda/pool/pool.ts';
import {FakeEnvironments} from '../service/fake-environments.ts';

const seeds = process.env.LIFECYCLE_SEED
  ? [Number(process.env.LIFECYCLE_SEED)]
  : Array.from({length: 5}, () => randomInt(2 ** 31));

/** Mulberry32: 0 up to 1, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const version = (timeout: number) =>
  ({version: '$LATEST', timeout, variables: {}, code: {}, role: 'r'}) as unknown as FunctionVersion;

function addFunction(store: FunctionStore, name: string): LambdaFunction {
  const first = version(0);
  const made = {
    ...{name, arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`},
    ...{account: '000000000000', region: 'us-east-1', latest: first, live: first, state: 'Active', published: []},
  } as unknown as LambdaFunction;
  store.add(made);
  return made;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const [accountLimit, mostReserved] = [12, 3];

test.each(seeds)('1,500 random steps, seed %i (LIFECYCLE_SEED)', async seed => {
  const random = seeded(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const environments = new FakeEnvironments();
  const store = new FunctionStore(accountLimit);
  const pool = new Pool({
    create: (spec, on) => environments.create(spec, on),
    onLines: () => {},
    onTransition: () => {},
    ...{idleMs: 300, idleSpread: 0.5, retireMs: [0, 0], concurrentStarts: 3, random},
  });
  const invoker = new Invoker({store, pool, concurrency: new Concurrency(), endpoint: () => 'http://127.0.0.1:1'});
  const functions = ['one', 'two', 'three'].map(name => addFunction(store, name));
  const outcomes = {served: 0, throttled: 0, lost: 0};
  const wrong: unknown[] = [];
  const open = new Set<Promise<void>>();

  const send = (to: LambdaFunction) => {
    const behaviour = {ms: upTo(80), extensionMs: upTo(80), error: random() < 0.1, lose: random() < 0.05};
    const event = {requestId: String(random()), payload: Buffer.from(JSON.stringify(behaviour))};
    const asked = invoker.invoke({name: to.name, arn: to.arn}, event).then(
      async ({done}) => {
        outcomes.served += 1;
        await done.catch(() => {
          outcomes.lost += 1;
        });
      },
      error => {
        if (error.status === 429) outcomes.throttled += 1;
        else wrong.push(error);
      },
    );
    open.add(asked);
    asked.then(() => open.delete(asked));
  };
  const replace = (one: LambdaFunction) => {
    const old = one.live;
    one.latest = version(one.latest.timeout + 1);
    one.live = one.latest;
    pool.retire(old);
  };

  for (let step = 0; step < 1_500; step++) {
    const one = functions[upTo(functions.length)]!;
    const what = random();
    environments.initMs = upTo(60);
    if (what < 0.8) send(one);
    else if (what < 0.83) replace(one);
    else if (what < 0.86) one.reservedConcurrency = upTo(mostReserved + 1);
    else if (what < 0.88) delete one.reservedConcurrency;
    else if (what < 0.9)
      environments
        .alive()
        .find(({state}) => state === 'ready')
        ?.die();
    else await vi.advanceTimersByTimeAsync(upTo(random() < 0.1 ? 600 : 120));

    const busy = environments.alive().filter(({state}) => state === 'invoking');
    expect(busy.length).toBeLessThanOrEqual(accountLimit + functions.length * mostReserved);
  }
  await vi.advanceTimersByTimeAsync(500);
  expect(open.size).toBe(0);
  expect(wrong).toEqual([]);
  expect(environments.mostStarting).toBeLessThanOrEqual(3);
  expect(outcomes.served).toBe(environments.all.reduce((sum, one) => sum + one.invocations.length, 0));
  expect(outcomes.lost).toBeGreaterThan(0);
  expect(outcomes.throttled).toBeGreaterThan(0);
  for (const one of functions) {
    const current = environments.alive().filter(({spec}) => spec.functionName === one.name);
    expect(current.every(({spec}) => spec.timeoutMs === one.live.timeout * 1_000)).toBe(true);
  }

  const closed = pool.close();
  await vi.advanceTimersByTimeAsync(1);
  await closed;
  expect(environments.alive()).toEqual([]);
  expect(environments.all.every(one => one.shutdowns.length <= 1)).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(vi.getTimerCount()).toBe(0);
});
