import {expect} from 'vitest';
import {expectComplete, expectGone} from './completeness.ts';
import type {Stack} from './stack.ts';

/** A run ends as by `kill -9`: before its call number `index`, from 0, or after that call was done and before it is told. */
export type Crash = {index: number; when: 'before' | 'after'};
export type Crashes = Record<'deploy' | 'teardown', Crash>;

/** How many calls a first deployment makes, and the teardown after it. */
export async function countCalls(stack: Stack): Promise<Record<keyof Crashes, number>> {
  await stack.deploy();
  const deploy = stack.calls.length;
  stack.forget();
  await stack.teardown();
  return {deploy, teardown: stack.calls.length};
}

/** Crashes at every call, in pairs, so that one stack goes through both runs. */
export function atEveryCall(counts: Record<keyof Crashes, number>, when: () => Crash['when']): Crashes[] {
  const length = Math.max(counts.deploy, counts.teardown);
  return Array.from({length}, (_, at) => ({
    deploy: {index: at % counts.deploy, when: when()},
    teardown: {index: at % counts.teardown, when: when()},
  }));
}

/** One stack with what its operators are called by: each runs once and dies, the last goes on. */
export class Mortal {
  readonly #operators: [Stack, Stack, Stack];

  constructor(open: () => Stack) {
    this.#operators = [open(), open(), open()];
  }

  /** Dies in a deployment, then in a teardown; after each the next run must come out as if nothing had happened. */
  async expectRecovery(crashes: Crashes): Promise<void> {
    const [first, second, next] = this.#operators;
    next.forget();
    first.dieAt(crashes.deploy);
    await ended(first.deploy());
    const recovered = await next.deploy();
    expect({ok: recovered.ok, errors: next.errors()}).toEqual({ok: true, errors: []});
    await expectComplete(next);

    second.dieAt(crashes.teardown);
    await ended(second.teardown());
    expect(await next.teardown()).toMatchObject({ok: true, left: []});
    await expectGone(next);
  }
}

const ended = (run: Promise<unknown>) => run.catch(() => {});
