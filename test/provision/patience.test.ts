import {describe, expect, it} from 'vitest';
import type {Context} from '../../src/provision/context.ts';
import {withPatience} from '../../src/provision/patience.ts';

const context = (signal?: AbortSignal) =>
  ({reads: new Map([['read', Promise.resolve()]]), signal}) as unknown as Context;
const awsError = (name: string, message = '') => Object.assign(new Error(message), {name});

/** Fails with the errors in turn, then succeeds. */
function failing(...errors: Error[]) {
  const run = async () => {
    run.tries++;
    const error = errors.shift();
    if (error) throw error;
    return 'done';
  };
  run.tries = 0;
  return run;
}

describe('withPatience', () => {
  it.each([
    ['InvalidParameterValueException', 'The role cannot be assumed by Lambda.', 'role propagation'],
    ['TooManyRequestsException', '', 'slow down'],
    ['ResourceConflictException', 'An update is in progress', 'another change'],
  ])('waits for %s and says so', async (name, message, told) => {
    const details: string[] = [];
    const run = failing(awsError(name, message));
    expect(await withPatience(context(), detail => details.push(detail), run)).toBe('done');
    expect(details).toEqual([expect.stringContaining(told)]);
  });

  it('asks for a fresh role as often the second time as the first', async () => {
    const details: string[] = [];
    const refusal = () => awsError('InvalidParameterValueException', 'The role cannot be assumed by Lambda.');
    await withPatience(context(), detail => details.push(detail), failing(refusal(), refusal()));
    expect(new Set(details).size).toBe(1);
  });

  it('looks again before it repeats a call that may have made something', async () => {
    const run = context();
    await withPatience(run, () => {}, failing(awsError('ConflictException')));
    expect(run.reads.size).toBe(0);
  });

  it.each(['AccessDeniedException', 'ValidationException', 'ExpiredTokenException'])(
    'ends at once with %s',
    async name => {
      const run = failing(awsError(name));
      await expect(withPatience(context(), () => {}, run)).rejects.toThrow();
      expect(run.tries).toBe(1);
    },
  );

  it('ends when stopped', async () => {
    const stop = new AbortController();
    const run = () => Promise.reject(awsError('ThrottlingException'));
    const waiting = withPatience(context(stop.signal), () => stop.abort(new Error('stopped')), run);
    await expect(waiting).rejects.toThrow('stopped');
  });
});
