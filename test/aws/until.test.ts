import {describe, expect, it} from 'vitest';
import {Problem} from '../../src/aws/problem.ts';
import {retry, until} from '../../src/aws/until.ts';

const options = {what: 'it', timeoutMs: 5_000, schedule: [1, 2]} as const;

describe('until', () => {
  it('asks at once and again until there is an answer, false and 0 included', async () => {
    let asked = 0;
    expect(await until(async () => (++asked === 3 ? 0 : undefined), options)).toBe(0);
    expect(asked).toBe(3);
  });

  it('gives up with a Problem that says what was waited for', async () => {
    const waiting = until(async () => undefined, {...options, what: 'the table', timeoutMs: 20});
    await expect(waiting).rejects.toThrow(Problem);
    await expect(waiting).rejects.toThrow('for the table');
  });

  it('passes on what the probe throws', async () => {
    await expect(until(() => Promise.reject(new Error('denied')), options)).rejects.toThrow('denied');
  });

  it('stops in the middle of a pause when aborted', async () => {
    const stop = new AbortController();
    const waiting = until(async () => undefined, {
      ...options,
      schedule: [60_000],
      timeoutMs: 120_000,
      signal: stop.signal,
    });
    setImmediate(() => stop.abort(new Error('stopped')));
    await expect(waiting).rejects.toThrow('stopped');
  });

  it('asks nothing when it was aborted before', async () => {
    let asked = 0;
    const waiting = until(async () => ++asked, {...options, signal: AbortSignal.abort(new Error('stopped'))});
    await expect(waiting).rejects.toThrow('stopped');
    expect(asked).toBe(0);
  });
});

describe('retry', () => {
  it('tries again along the schedule while the error says so', async () => {
    let tries = 0;
    const pauses: number[] = [];
    const call = async () => {
      if (++tries < 4) throw new Error('not yet');
      return 'done';
    };
    const again = (error: unknown) => (error as Error).message === 'not yet';
    expect(await retry(call, {...options, again, onWait: (_error, ms) => pauses.push(ms)})).toBe('done');
    expect(pauses).toEqual([1, 2, 2]);
  });

  it('goes by the schedule of the error of the moment', async () => {
    const errors = [new Error('slow'), new Error('fast'), new Error('slow')];
    const pauses: number[] = [];
    const call = async () => {
      const error = errors.shift();
      if (error) throw error;
    };
    const schedule = (error: unknown) => ((error as Error).message === 'fast' ? ([1] as const) : ([2, 3, 4] as const));
    await retry(call, {...options, schedule, again: () => true, onWait: (_error, ms) => pauses.push(ms)});
    expect(pauses).toEqual([2, 1, 4]);
  });

  it('throws at once what waiting does not help', async () => {
    let tries = 0;
    const call = () => Promise.reject(new Error(`try ${++tries}`));
    await expect(retry(call, {...options, again: () => false})).rejects.toThrow('try 1');
  });

  it('throws the last error when the time is over', async () => {
    const call = () => Promise.reject(new Error('still busy'));
    await expect(retry(call, {...options, timeoutMs: 20, again: () => true})).rejects.toThrow('still busy');
  });
});
