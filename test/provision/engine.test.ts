import {describe, expect, it} from 'vitest';
import {type GraphOptions, runGraph, type Task} from '../../src/provision/engine.ts';

/** Tasks by name that note when they begin and end, each ended by hand. */
function graph(needs: Record<string, string[]>, estimates: Record<string, number> = {}) {
  const trace: string[] = [];
  const open = new Map<string, {resolve: (result: string) => void; reject: (error: Error) => void}>();
  const tasks: Task<string, string>[] = Object.entries(needs).map(([id, ids]) => ({
    id,
    needs: ids,
    estimateMs: estimates[id] ?? 1,
    run: () => new Promise((resolve, reject) => open.set(id, {resolve, reject})),
  }));
  const options = (more: Partial<GraphOptions<string, string>> = {}): GraphOptions<string, string> => ({
    afterFailure: 'stop',
    onStart: id => trace.push(`+${id}`),
    onEnd: (id, outcome) => trace.push(`${outcome.status === 'done' ? '-' : `${outcome.status} `}${id}`),
    ...more,
  });
  const settle = async (act: () => void) => {
    act();
    await new Promise(resolve => setImmediate(resolve));
  };
  return {
    trace,
    run: (more?: Partial<GraphOptions<string, string>>) => runGraph(tasks, options(more)),
    done: (id: string) => settle(() => open.get(id)!.resolve(`${id}!`)),
    fail: (id: string) => settle(() => open.get(id)!.reject(new Error(id))),
  };
}

describe('runGraph', () => {
  it('runs side by side what it can, and each as soon as its needs are done', async () => {
    const {trace, run, done} = graph({a: [], b: [], c: ['a', 'b'], d: ['a']});
    const end = run();
    expect(trace.sort()).toEqual(['+a', '+b']);
    await done('a');
    expect(trace).toContain('+d');
    expect(trace).not.toContain('+c');
    await done('b');
    expect(trace).toContain('+c');
    await done('c');
    await done('d');
    const outcomes = await end;
    expect(outcomes.get('c')).toMatchObject({status: 'done', result: 'c!', ms: expect.any(Number)});
  });

  it('begins with the longest remaining path', async () => {
    const {trace, run, done} = graph(
      {short: [], long: [], first: [], last: ['first']},
      {short: 5, long: 9, first: 1, last: 10},
    );
    const end = run({concurrency: 1});
    for (const id of ['first', 'last', 'long', 'short']) await done(id);
    await end;
    expect(trace.filter(each => each.startsWith('+'))).toEqual(['+first', '+last', '+long', '+short']);
  });

  it('keeps to the concurrency', async () => {
    const {trace, run, done} = graph({a: [], b: [], c: []});
    const end = run({concurrency: 2});
    expect(trace).toEqual(['+a', '+b']);
    await done('b');
    expect(trace).toEqual(['+a', '+b', '-b', '+c']);
    await done('a');
    await done('c');
    await end;
  });

  it('stops only what depends on a failed task', async () => {
    const {trace, run, done, fail} = graph({a: [], b: ['a'], c: ['b'], x: [], y: ['x']});
    const end = run();
    await fail('a');
    await done('x');
    await done('y');
    const outcomes = await end;
    expect(Object.fromEntries([...outcomes].map(([id, {status}]) => [id, status]))).toEqual({
      a: 'failed',
      b: 'skipped',
      c: 'skipped',
      x: 'done',
      y: 'done',
    });
    expect(trace).not.toContain('+b');
  });

  it('goes on after a failure when told to, but after it', async () => {
    const {trace, run, done, fail} = graph({a: [], b: ['a']});
    const end = run({afterFailure: 'go on'});
    expect(trace).toEqual(['+a']);
    await fail('a');
    await done('b');
    expect((await end).get('b')?.status).toBe('done');
  });

  it('lets finish what is under way when stopped, and begins nothing more', async () => {
    const {run, done} = graph({a: [], b: ['a'], c: ['b']});
    const stop = new AbortController();
    const end = run({signal: stop.signal});
    stop.abort();
    await done('a');
    const outcomes = await end;
    expect([...outcomes.values()].map(({status}) => status)).toEqual(['done', 'skipped', 'skipped']);
  });

  it('tells a stopped task from a failed one', async () => {
    const stop = new AbortController();
    const ends = (id: string, error: Error) => ({
      id,
      needs: [],
      estimateMs: 1,
      run: async () => {
        await new Promise(resolve => setImmediate(resolve));
        throw error;
      },
    });
    const reason = new Error('stopped');
    const end = runGraph([ends('stopped', reason), ends('failed', new Error('broken'))], {
      signal: stop.signal,
      afterFailure: 'stop',
    });
    stop.abort(reason);
    const outcomes = await end;
    expect(outcomes.get('stopped')).toEqual({status: 'skipped'});
    expect(outcomes.get('failed')?.status).toBe('failed');
  });

  it('ends for no tasks, and for all skipped whatever their order', async () => {
    expect((await graph({}).run()).size).toBe(0);
    const {run} = graph({c: ['b'], b: ['a'], a: []}, {a: 0, b: 0, c: 0});
    expect((await run({signal: AbortSignal.abort()})).size).toBe(3);
  });

  it('refuses a circle and an unknown need', async () => {
    await expect(graph({a: ['b'], b: ['a']}).run()).rejects.toThrow('need each other');
    await expect(graph({a: ['nobody']}).run()).rejects.toThrow('nobody');
  });
});
