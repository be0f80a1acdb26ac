import {setTimeout as sleep} from 'node:timers/promises';
import {expect} from 'vitest';
import type {Assets} from '../../src/provision/context.ts';
import {numbers} from '../support/seed.ts';
import {expectComplete, expectGone} from './completeness.ts';
import {Stack} from './stack.ts';

/** What two operators do to one stack at the same time, and what one of them does afterwards. */
export type Encounter = {both: ['deploy', 'deploy' | 'teardown']; afterwards: 'deploy' | 'teardown'; seed: number};

export function encounters(count: number, from: number): Encounter[] {
  return Array.from({length: count}, (_, at) => ({
    both: ['deploy', at % 2 === 0 ? 'deploy' : 'teardown'],
    afterwards: at % 4 < 2 ? 'deploy' : 'teardown',
    seed: from + at,
  }));
}

/** Whatever the two did to each other, one more run makes it right. */
export async function expectPeace(
  endpoint: string,
  name: string,
  assets: Promise<Assets>,
  {both, afterwards, seed}: Encounter,
): Promise<void> {
  const random = numbers(seed);
  const operators = both.map(() => new Stack(endpoint, name, assets));
  const last = new Stack(endpoint, name, assets);
  try {
    if (both[1] === 'teardown' && random() < 0.5) await last.deploy();
    for (const each of operators) {
      each.way = async send => {
        await sleep(random() * 8);
        return send();
      };
    }
    await Promise.allSettled(both.map((run, at) => operators[at]![run]()));
    last.forget();
    expect({...(await last[afterwards]()), errors: last.errors()}).toMatchObject({ok: true, errors: []});
    await (afterwards === 'deploy' ? expectComplete(last) : expectGone(last));
    expect(await last.teardown()).toMatchObject({ok: true});
  } finally {
    for (const {clients} of [...operators, last]) clients.destroy();
  }
}
