import {naming, numbers, seed} from '../../support/seed.ts';
import {judge} from './life.ts';
import {liveVirtually} from './virtual-life.ts';

/** Each life has numbers of its own, so that a failing one can be had alone. */
export async function liveVirtualLives(count: number): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    await naming({life: number}, async () => judge(await liveVirtually(numbers(seed * 100_003 + number * 7_919))));
  }
}
