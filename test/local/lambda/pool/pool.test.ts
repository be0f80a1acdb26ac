import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import type {EnvironmentSpec} from '../../../../src/local/lambda/environment/environment.ts';
import {Pool} from '../../../../src/local/lambda/pool/pool.ts';
import {type Behaviour, FakeEnvironments} from '../service/fake-environments.ts';

const spec = {functionName: 'f', functionVersion: '$LATEST'} as EnvironmentSpec;
const roleArn = 'arn:aws:iam::000000000000:role/r';
let environments: FakeEnvironments;
let pool: Pool;

function makePool(options: {random?: () => number; concurrentStarts?: number; retireMs?: [number, number]} = {}): void {
  environments = new FakeEnvironments();
  pool = new Pool({
    create: (one, on) => environments.create(one, on),
    onLines: () => {},
    onTransition: () => {},
    idleMs: 20_000,
    idleSpread: 0.1,
    retireMs: options.retireMs ?? [0, 0],
    concurrentStarts: options.concurrentStarts ?? 4,
    random: options.random ?? (() => 0.5),
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  makePool();
});
afterEach(async () => {
  const closed = pool.close();
  await vi.runAllTimersAsync();
  await closed;
  vi.useRealTimers();
});

let requests = 0;
const run = (key: object, behaviour: Behaviour = {}) =>
  pool.run(key, () => ({spec, roleArn}), {
    requestId: String(++requests),
    payload: Buffer.from(JSON.stringify(behaviour)),
    invokedFunctionArn: 'arn',
  });
const finish = async (key: object, behaviour: Behaviour = {}) => {
  const running = run(key, behaviour).then(one => one.done);
  running.catch(() => {});
  await vi.advanceTimersByTimeAsync((behaviour.ms ?? 0) + (behaviour.extensionMs ?? 0));
  await running;
};

describe('who takes an event', () => {
  const key = {};

  test('a first event starts an environment, the next one finds it warm', async () => {
    await finish(key);
    await finish(key);
    expect(environments.all).toHaveLength(1);
    expect(environments.all[0]?.invocations).toHaveLength(2);
  });

  test('an environment has one event at a time: the second starts another', async () => {
    const first = await run(key, {ms: 100});
    const second = await run(key, {ms: 100});
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all([first.done, second.done]);
    expect(environments.all.map(one => one.invocations.length)).toEqual([1, 1]);
  });

  test('busy lasts until the extensions are done, though the answer is out', async () => {
    const first = await run(key, {extensionMs: 500});
    await first.answer;
    const second = await run(key);
    await second.done;
    expect(environments.all).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    await finish(key);
    expect(environments.all).toHaveLength(2);
  });

  test('the most recently used idle environment is taken first', async () => {
    const [slow, quick] = [await run(key, {ms: 200}), await run(key, {ms: 100})];
    await vi.advanceTimersByTimeAsync(200);
    await Promise.all([slow.done, quick.done]);
    await finish(key);
    await finish(key);
    expect(environments.all.map(one => one.invocations.length)).toEqual([3, 1]);
  });

  test('one that died while idle is not given an event', async () => {
    await finish(key);
    environments.all[0]?.die();
    await finish(key);
    expect(environments.all.map(one => one.invocations.length)).toEqual([1, 1]);
  });

  test('configurations do not share environments', async () => {
    await finish({});
    await finish({});
    expect(environments.all).toHaveLength(2);
  });

  test('one that is lost is shut down with failure and replaced', async () => {
    await expect(finish(key, {lose: true})).rejects.toThrow('lost');
    await finish(key);
    expect(environments.all.map(one => one.shutdowns)).toEqual([['failure'], []]);
  });

  test('a start that fails is told to its caller and leaves nothing', async () => {
    environments.failInit = true;
    await expect(run(key)).rejects.toThrow('no process could be started');
    await vi.advanceTimersByTimeAsync(10);
    expect(environments.alive()).toEqual([]);
    environments.failInit = false;
    await finish(key);
    expect(environments.alive()).toHaveLength(1);
  });
});

test('only so many start at once, the others wait their turn', async () => {
  makePool({concurrentStarts: 3});
  environments.initMs = 50;
  const key = {};
  const running = Array.from({length: 10}, () => run(key, {ms: 1_000}));
  await vi.advanceTimersByTimeAsync(60);
  expect(environments.all).toHaveLength(6);
  await vi.advanceTimersByTimeAsync(2_000);
  await Promise.all(running.map(async one => (await one).done));
  expect(environments.mostStarting).toBe(3);
  expect(environments.all.map(one => one.invocations.length)).toEqual(Array(10).fill(1));
});

describe('spindown', () => {
  test.each([
    [0, 18_000],
    [0.5, 20_000],
    [0.999_999, 22_000],
  ])('with random %d an idle environment lives %d ms', async (random, ms) => {
    makePool({random: () => random});
    await finish({});
    await vi.advanceTimersByTimeAsync(ms - 10);
    expect(environments.all[0]?.shutdowns).toEqual([]);
    await vi.advanceTimersByTimeAsync(20);
    expect(environments.all[0]?.shutdowns).toEqual(['spindown']);
    expect(environments.all[0]?.state).toBe('gone');
  });

  test('an event starts the idle time anew', async () => {
    const key = {};
    await finish(key);
    await vi.advanceTimersByTimeAsync(15_000);
    await finish(key);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(environments.all[0]?.shutdowns).toEqual([]);
    await vi.advanceTimersByTimeAsync(5_010);
    expect(environments.all[0]?.shutdowns).toEqual(['spindown']);
  });

  test('while it is busy nothing counts down', async () => {
    const running = await run({}, {ms: 60_000});
    await vi.advanceTimersByTimeAsync(59_000);
    expect(environments.all[0]?.shutdowns).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    await running.done;
  });
});

describe('a configuration that is replaced', () => {
  test('loses its idle environments at once and its busy ones after their phase', async () => {
    const key = {};
    const busy = await run(key, {ms: 100, extensionMs: 100});
    await finish(key);
    pool.retire(key);
    await vi.advanceTimersByTimeAsync(5);
    expect(environments.all.map(one => one.shutdowns)).toEqual([[], ['spindown']]);
    await vi.advanceTimersByTimeAsync(150);
    await busy.answer;
    expect(environments.all[0]?.shutdowns).toEqual([]);
    await vi.advanceTimersByTimeAsync(50);
    await busy.done;
    await vi.advanceTimersByTimeAsync(5);
    expect(environments.all.map(one => one.state)).toEqual(['gone', 'gone']);
  });

  test('keeps its environments for a while where it is asked to, without an event for them', async () => {
    makePool({retireMs: [1_000, 60_000]});
    const key = {};
    const busy = await run(key, {ms: 100});
    await finish(key);
    pool.retire(key);
    await vi.advanceTimersByTimeAsync(100);
    await busy.done;
    await finish(key);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(environments.all.map(one => one.shutdowns)).toEqual([[], [], ['spindown']]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(environments.all.map(one => one.shutdowns)).toEqual([['spindown'], ['spindown'], ['spindown']]);
    expect(environments.all.map(one => one.invocations.length)).toEqual([1, 1, 1]);
  });

  test('an environment being started for an event still serves it, then goes', async () => {
    environments.initMs = 50;
    const key = {};
    const running = run(key);
    pool.retire(key);
    await vi.advanceTimersByTimeAsync(60);
    await (await running).answer;
    expect(environments.all.map(one => [one.invocations.length, one.shutdowns])).toEqual([[1, ['spindown']]]);
  });
});

describe('close', () => {
  test('ends idle, busy and retired environments together and takes no more events', async () => {
    const [key, old] = [{}, {}];
    const running = [await run(key, {ms: 100}), await run(old, {ms: 100})];
    await finish(key);
    pool.retire(old);
    const closed = pool.close();
    await expect(run(key)).rejects.toMatchObject({code: 'ServiceException'});
    await vi.advanceTimersByTimeAsync(1);
    await closed;
    expect(environments.all.map(one => one.shutdowns)).toEqual([['spindown'], ['spindown'], ['spindown']]);
    await vi.advanceTimersByTimeAsync(100);
    await Promise.all(running.map(one => one.done));
  });

  test('refuses what waits for a start, and what was being started', async () => {
    makePool({concurrentStarts: 1});
    environments.initMs = 50;
    const waiting = Promise.allSettled([run({}), run({})]);
    const closed = pool.close();
    await vi.advanceTimersByTimeAsync(60);
    await closed;
    expect((await waiting).map(one => one.status)).toEqual(['rejected', 'rejected']);
    expect(environments.alive()).toEqual([]);
  });
});
