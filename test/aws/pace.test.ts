import {describe, expect, it} from 'vitest';
import {createPace} from '../../src/aws/pace.ts';
import {withStep} from '../../src/aws/step-scope.ts';

/** Goes on to the end of the shortest wait once nothing else is to be done. */
function fakeClock() {
  let now = 0;
  let waits: {until: number; end: () => void}[] = [];
  const goOn = () => {
    now = Math.min(...waits.map(({until}) => until));
    const over = waits.filter(({until}) => until <= now);
    waits = waits.filter(({until}) => until > now);
    if (waits.length > 0) setImmediate(goOn);
    for (const {end} of over) end();
  };
  const clock = {
    now: () => now,
    pause: (ms: number) =>
      new Promise<void>(end => {
        waits.push({until: now + ms, end});
        if (waits.length === 1) setImmediate(goOn);
      }),
  };
  return {clock, go: (ms: number) => (now += ms)};
}

const throttled = Object.assign(new Error('Too Many Requests'), {name: 'TooManyRequestsException'});

/** When each of `count` calls, all asked for at once, was sent. */
async function sentAt(operation: string, count: number): Promise<number[]> {
  const {clock} = fakeClock();
  const pace = createPace({clock});
  const times: number[] = [];
  const send = async () => void times.push(Math.round(clock.now()));
  await Promise.all(Array.from({length: count}, () => pace('here', operation, send)));
  return times;
}

describe('the pace of calls', () => {
  it.each([
    ['CreateRestApi', 3, [0, 3_000, 6_000]],
    ['CreateDeployment', 3, [0, 5_000, 10_000]],
    ['DeleteRestApi', 3, [0, 30_000, 60_000]],
    ['CreateResource', 7, [0, 0, 0, 0, 0, 200, 400]],
    ['GetResources', 7, [0, 0, 0, 0, 0, 400, 800]],
    ['PutMethod', 42, [...Array(40).fill(0), 100, 200]],
  ] as const)('of %s is what API Gateway takes', async (operation, count, expected) => {
    expect(await sentAt(operation, count)).toEqual(expected);
  });

  it('is one for all operations together', async () => {
    const {clock} = fakeClock();
    const pace = createPace({clock});
    const send = async () => Math.round(clock.now());
    for (let sent = 0; sent < 40; sent++) await pace('here', 'GetStage', send);
    expect(await pace('here', 'CreateResource', send)).toBe(100);
  });

  it('is kept per account and region', async () => {
    const {clock} = fakeClock();
    const pace = createPace({clock});
    const send = async () => clock.now();
    await pace('here', 'DeleteRestApi', send);
    expect(await pace('there', 'DeleteRestApi', send)).toBe(0);
    expect(await pace('here', 'DeleteRestApi', send)).toBe(30_000);
  });

  it('counts from the answer: the call may have been counted as late as that', async () => {
    const {clock, go} = fakeClock();
    const pace = createPace({clock});
    await pace('here', 'DeleteRestApi', async () => go(900));
    expect(await pace('here', 'DeleteRestApi', async () => clock.now())).toBe(30_900);
  });

  it('does not count what was refused for its rate', async () => {
    const {clock} = fakeClock();
    const pace = createPace({clock});
    await expect(pace('here', 'DeleteRestApi', () => Promise.reject(throttled))).rejects.toBe(throttled);
    expect(await pace('here', 'DeleteRestApi', async () => clock.now())).toBe(0);
  });

  it('tells the step what is waited for, second by second', async () => {
    const {clock} = fakeClock();
    const pace = createPace({clock, scale: 0.1});
    const told: string[] = [];
    const remove = () => pace('here', 'DeleteRestApi', async () => {});
    await withStep({id: 'api', tell: detail => told.push(detail)}, async () => {
      await remove();
      await remove();
    });
    expect(told).toEqual([3, 2, 1].map(left => `API Gateway takes one deletion per 30 s: ${left} s`));
  });

  it('ends with the step: what waits then is never sent', async () => {
    const pace = createPace();
    const stop = new AbortController();
    let sent = 0;
    const remove = () => pace('here', 'DeleteRestApi', async () => void sent++);
    const run = withStep({id: 'api', signal: stop.signal, tell: () => stop.abort(new Error('stopped'))}, async () => {
      await remove();
      await remove();
    });
    await expect(run).rejects.toThrow('stopped');
    expect(sent).toBe(1);
  });
});
